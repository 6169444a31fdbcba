// When a card is asked again: the FSRS-5 model of memory with its published default parameters
// (https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm), for a recall of 90%.
"use strict";
(() => {
  const W = [
    0.40255, 1.18385, 3.173, 15.69105, 7.1949, 0.5345, 1.4604, 0.0046, 1.54575, 0.1192, 1.01925, 1.9395, 0.11, 0.29605,
    2.2698, 0.2315, 2.9898, 0.51655, 0.6621,
  ];
  const DECAY = -0.5;
  const FACTOR = 19 / 81; // makes the recall 90% when as many days have passed as the stability says
  const DAY = 24 * 60 * 60 * 1000;
  const SOON = 5 * 60 * 1000; // until a card that was not known is asked again
  const LONGEST = 3650; // days
  const AGAIN = 1;
  const HARD = 2;
  const EASY = 4;

  const between = (least, value, most) => Math.min(most, Math.max(least, value));

  const firstDifficulty = (grade) => between(1, W[4] - Math.exp(W[5] * (grade - 1)) + 1, 10);

  const nextDifficulty = (difficulty, grade) => {
    const change = (-W[6] * (grade - 3) * (10 - difficulty)) / 9;
    return between(1, W[7] * firstDifficulty(EASY) + (1 - W[7]) * (difficulty + change), 10);
  };

  /** The probability of recall after some days. */
  const recall = (days, stability) => (1 + (FACTOR * days) / stability) ** DECAY;

  const nextStability = ({ difficulty, stability }, grade, days) => {
    if (days < 1) return stability * Math.exp(W[17] * (grade - 3 + W[18]));
    const forgotten = 1 - recall(days, stability);
    if (grade === AGAIN) {
      const after = W[11] * difficulty ** -W[12] * ((stability + 1) ** W[13] - 1) * Math.exp(forgotten * W[14]);
      return Math.min(after, stability / Math.exp(W[17] * W[18]));
    }
    const harder = grade === HARD ? W[15] : 1;
    const easier = grade === EASY ? W[16] : 1;
    const gain = Math.exp(W[8]) * (11 - difficulty) * stability ** -W[9] * (Math.exp(forgotten * W[10]) - 1);
    return stability * (1 + gain * harder * easier);
  };

  /**
   * What is known of a card after it was graded.
   *
   * @param known What was known before, or nothing for a new card: difficulty from 1 to 10, stability in days, when it
   *   was asked last in milliseconds since 1970, how often it was asked and how often forgotten.
   * @param grade 1 again, 2 hard, 3 good, 4 easy.
   * @param now Milliseconds since 1970.
   */
  const after = (known, grade, now) => {
    const next = known
      ? {
          difficulty: nextDifficulty(known.difficulty, grade),
          stability: nextStability(known, grade, Math.max(0, Math.floor((now - known.last) / DAY))),
        }
      : { difficulty: firstDifficulty(grade), stability: W[grade - 1] };
    next.stability = Math.max(0.01, next.stability);
    const days = between(1, Math.round(next.stability), LONGEST);
    return {
      ...next,
      last: now,
      due: grade === AGAIN ? now + SOON : now + days * DAY,
      asked: (known?.asked ?? 0) + 1,
      forgotten: (known?.forgotten ?? 0) + (known && grade === AGAIN ? 1 : 0),
    };
  };

  archkit.schedule = { after, recall, DAY };
})();
