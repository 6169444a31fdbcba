"""Step 1, requirements: what the system must do, for how many, how fast."""

from __future__ import annotations

from archkit.model.common import Budget, Device, Latency
from archkit.shapes import fields as f
from archkit.shapes.record import Record


class Scale(Record):
    """How many users, requests and items."""

    users = f.count("Registered users.", "1B")
    daily_active_users = f.count("Users on an average day.", "500M", aka=("dau", "DAU"))
    monthly_active_users = f.count("Users in an average month.", "1.2B", aka=("mau", "MAU"))
    requests_per_user_per_day = f.count("Requests that one active user makes on a day.", "10")
    requests_per_day = f.count("All requests on an average day.", "5B")
    qps = f.per_second("Average requests per second.", "58k", aka=("average_qps", "rps", "queries_per_second"))
    peak_qps = f.per_second("Requests per second in the busiest hour.", "174k", aka=("peak_rps",))
    peak_factor = f.count("Peak requests per second over average ones.", "3")
    items = f.count("Items that can be chosen from: the corpus.", "10B", aka=("corpus", "corpus_size", "documents"))
    new_items_per_day = f.count("Items that are added on a day.", "20M")
    item_size = f.size("Average size of one item.", "2 MB")
    events_per_day = f.count("Events that are logged on a day.", "50B")
    growth_per_year = f.number(f.GROWTH, "How much all this grows in a year.", "50%", aka=("growth",))
    devices = f.count("Devices that run the model.", "300M")
    waive = f.waive()


class Freshness(Record):
    """How old things may be when they are used: time from the change until it counts."""

    items = f.time("From a new item until it can be shown.", "1 h", aka=("index",))
    features = f.time("From an event until features reflect it.", "1 min")
    model = f.time("Age of the newest training data in the served model.", "24 h")
    predictions = f.time("Age of precomputed predictions.", "1 d")
    labels = f.time("From a prediction until its label is known.", "7 d")
    waive = f.waive()


class Requirements(Record):
    """Step 1, clarify: the goal, the scale and the limits that everything else is judged by."""

    goal = f.text("The business goal in one sentence.", "Raise the time that people spend on videos they value")
    users = f.text("Who uses it.", "people with and without an account")
    user_action = f.text("What users do with the result.", "watch")
    questions = f.notes("Questions to ask first, with the answers assumed.", "{Is it personalised?: 'Yes'}")
    in_scope = f.texts("What it must do.", "[home page]")
    out_of_scope = f.texts("What it need not do.", "[ads, comments]")
    personalised = f.flag("Whether results depend on who asks.")
    page_size = f.whole("Results shown at once.", "20")
    scale = f.record(Scale, "How many users, requests and items.", "{daily_active_users: 500M, items: 10B}")
    latency = f.record(Latency, "How fast one request must be, end to end.", "{p99: 200 ms}", aka=("slo",))
    first_token = f.time("Time until the first word of a written answer can be read.", "1 s", aka=("ttft",))
    freshness = f.record(Freshness, "How old things may be.", "{items: 1 h, model: 24 h}")
    availability = f.share("Share of requests that must be answered.", "99.9%", aka=("uptime",))
    throughput = f.rate("Items that must be processed per time, where there are no requests.", "1B / 14 d")
    deadline = f.time("Time for one whole batch.", "14 d")
    budget = f.record(Budget, "What it may cost.", "{total: '$50,000 / month'}", aka=("cost",))
    device = f.record(Device, "What devices allow, for models that run on them.", "{memory: 200 MB, offline: true}")
    stakes = f.word(("low", "medium", "high"), "Harm that one wrong prediction can do.", "high", aka=("risk",))
    affects_people = f.flag("Whether predictions decide about people: money, access, reputation, safety.")
    privacy = f.texts("Promises about personal data.", "[consent before training, deletion within 30 days]")
    regulations = f.texts("Laws and standards that apply.", "[GDPR]")
    regions = f.texts("Where it runs and for whom.", "[worldwide]")
    languages = f.texts("Languages it must understand.", "[English, Hindi]")
    constraints = f.texts("Further limits.", "[no new hardware]")
    waive = f.waive()
