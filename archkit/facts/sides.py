"""The name of a feature group or tower → whom it describes."""

from __future__ import annotations

from functools import lru_cache

from archkit.facts.words import words

_WORDS: dict[str, str] = {
    "bias": "position bias selection propensity label labels",
    "cross": "cross crosses crossed affinity affinities interaction interactions pair pairs match relation relations "
    "relationship similarity joint overlap friendship",
    "user": "user users viewer viewers member members customer customers shopper reader listener rider guest profile "
    "person people applicant patient buyer seeker player subscriber borrower student visitor traveller renter tenant "
    "account searcher cardholder cards employee passenger client",
    "query": "query queries search prompt question terms",
    "context": "context session device time location situation environment surface request weather moment calendar",
    "item": "item items video videos document documents doc docs product products ad ads advert listing listings post "
    "posts event events article articles song songs track tracks movie movies restaurant restaurants job jobs pin pins "
    "picture pictures image images candidate candidates passage passages creative offer offers content book books "
    "hotel hotels place places recipe recipes course courses game games app apps dish dishes store stores",
}
"""Words of a side; the sides are in the order in which they win."""

_SIDES = {word: side for side, listed in _WORDS.items() for word in listed.split()}

PEOPLE = frozenset(_WORDS["user"].split()) | frozenset(("author", "sender", "driver", "host", "seller", "worker"))
"""Words for people whom features may describe."""


@lru_cache(1024)
def side_of(name: str) -> str:
    """Return whom a group of features describes.

    Args:
        name: The id of a group, a tower or a feature, as ``user_profile`` or ``listing``.

    Returns:
        ``user``, ``item``, ``query``, ``context``; ``cross`` for what describes two of user, query and item at once;
        ``bias`` for what is no property of any of them; nothing where no word tells.
    """
    found = {_SIDES[word] for word in words(name).split() if word in _SIDES}
    ends = found & {"user", "item", "query"}
    if len(ends) > 1:
        return "cross"
    return next((side for side in _WORDS if side in found), "")
