"use strict";
/* Runs lessons with the compiled engine: in a worker, or where there are no workers in the page itself, in slices.
 * In:  {run, lesson}.  Out, all with `run`: start (facts, planes, needles, days of the pictures), picture (day, fields),
 * course, end (outcomes), failed (text).  A new lesson ends the one before. */

const FACTS = ["columns", "rows", "width", "depth", "corneum", "epidermis", "papillary", "dermis", "end", "needles",
  "steps", "samples"];
const SLICE_MS = 30;      // how long the engine computes before it listens again
const WEEK = 7;           // days

/* Days of the pictures after a session: close together while much happens. */
function daysAfter(from, until) {
  const days = [];
  for (let t = 0; t < until; t += t < 0.124 ? 1 / 24 : t < 0.99 ? 0.125 : t < 3 ? 0.25 : t < 10 ? 0.5 : t < 28 ? 1 : 2) {
    days.push(from + Math.round(t * 96) / 96);
  }
  return days;
}

function pictureDays(lesson, end) {
  let days = [];
  for (let s = 0; s < lesson.sessions; s++) {
    const from = s * lesson.interval * WEEK;
    days = days.concat(daysAfter(from, (s + 1 < lesson.sessions ? from + lesson.interval * WEEK : end) - from - 0.01));
  }
  return days.concat(end);
}

function makeRunner(M, names, wanted, post) {
  let handle = 0, run = 0, lesson = null, days = [], next = 0, facts = {};
  const copy = (at, n) => M.HEAPF64.slice(at >> 3, (at >> 3) + n);

  function readFacts() {
    copy(M._cx_web_facts(handle), FACTS.length).forEach((value, i) => { facts[FACTS[i]] = value; });
  }

  function fail() {
    const text = handle ? M.UTF8ToString(M._cx_web_failure(handle)) : "the browser refused memory";
    if (text) post({ kind: "failed", run, text });
    return text !== "";
  }

  function sendPicture() {
    const cells = facts.columns * facts.rows, fields = new Float32Array(cells * wanted.length);
    wanted.forEach((q, i) => {
      const at = M._cx_web_picture(handle, q, days[next]) >> 2;
      fields.set(M.HEAPF32.subarray(at, at + cells), i * cells);
    });
    post({ kind: "picture", run, day: days[next], fields }, [fields.buffer]);
    next++;
  }

  function sendCourse() {
    readFacts();
    const times = copy(M._cx_web_times(handle), facts.samples);
    const values = copy(M._cx_web_values(handle), facts.samples * names.courses.length);
    post({ kind: "course", run, times, values }, [times.buffer, values.buffer]);
  }

  function sendEnd() {
    const outcomes = names.outcomes.map((row, i) => M._cx_web_outcome(handle, i));
    post({ kind: "end", run, outcomes, steps: facts.steps, cells: facts.columns * facts.rows });
  }

  return {
    start(number, wish) {
      if (handle) M._cx_web_close(handle);
      run = number;
      lesson = wish;
      next = 0;
      handle = M._cx_web_open(wish.depth, wish.density, wish.age, wish.sessions, wish.interval);
      if (fail()) { days = []; return; }
      readFacts();
      days = pictureDays(wish, facts.end);
      post({ kind: "start", run, days, facts: { ...facts },
        x: copy(M._cx_web_planes(handle, 0), facts.columns + 1),
        z: copy(M._cx_web_planes(handle, 2), facts.rows + 1), needles: copy(M._cx_web_needles(handle), 5 * facts.needles) });
    },
    /* One slice; false when there is nothing left to do. */
    slice() {
      if (next >= days.length) return false;
      const start = performance.now();
      while (next < days.length && performance.now() - start < SLICE_MS) {
        const reached = M._cx_web_go(handle, days[next], SLICE_MS);
        if (fail()) { days = []; return false; }
        if (reached < days[next]) continue;
        sendPicture();
      }
      sendCourse();
      if (next >= days.length) sendEnd();
      return next < days.length;
    },
  };
}

/* post(message, transfer); returns the function that takes messages. */
function serveLessons(names, wanted, post) {
  let runner = null, waiting = null, busy = false;
  const turn = () => {
    busy = runner.slice();
    if (busy) setTimeout(turn, 0);
  };
  const begin = ({ run, lesson }) => {
    runner.start(run, lesson);
    if (!busy) { busy = true; setTimeout(turn, 0); }
  };
  cxEngine().then((M) => {
    runner = makeRunner(M, names, wanted, post);
    if (waiting) begin(waiting);
  }, (error) => post({ kind: "failed", run: 0, text: String(error) }));
  return (message) => { if (runner) begin(message); else waiting = message; };
}
