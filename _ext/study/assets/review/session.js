/* One sitting of review: what is asked next, what was answered, any number of steps back.
 *
 * Its state is {day, queue: ids, done: events, spent: ms, limit: ms, isOpen: whether the
 * answer shows}: plain data, kept by `save` after each step, so that a reload goes on in
 * the same place.
 */
(function (root) {
  "use strict";
  const study = (root.dlblStudy = root.dlblStudy || {});
  const LONGEST = 120e3; // of one answer; who takes longer was away
  const MORE = 5 * 60e3;
  const AGAIN = 1;

  study.newSession = (day, ids, minutes) => ({
    day, queue: [...ids], done: [], spent: 0, limit: minutes * 60e3, isOpen: false,
  });

  /** Whether a stored text is a session that can be gone on with. */
  study.readSession = function (text, day, isKnown) {
    let state = null;
    try {
      state = JSON.parse(text);
    } catch (error) {
      return null;
    }
    const sound =
      state !== null && typeof state === "object" && state.day === day &&
      Array.isArray(state.queue) && state.queue.every(isKnown) &&
      Array.isArray(state.done) && state.done.every((e) => study.isEvent(e) && isKnown(e.id)) &&
      Number.isFinite(state.spent) && Number.isFinite(state.limit) &&
      typeof state.isOpen === "boolean";
    return sound ? state : null;
  };

  /** A session over `model` (rate, suspend, undo); `save(state)` keeps it. */
  study.createSession = function (state, { model, save, now }) {
    let since = now();
    const step = () => {
      state.spent += Math.min(Math.max(0, now() - since), LONGEST);
      since = now();
      state.isOpen = false;
      save(state);
    };
    const take = () => state.queue.shift();
    save(state);

    return {
      state,
      current: () => state.queue[0],
      answer(grade) {
        const id = take();
        const event = model.rate(id, grade);
        state.done.push(event);
        if (grade === AGAIN) state.queue.push(id);
        step();
        return event;
      },
      suspend() {
        state.done.push(model.suspend(take()));
        step();
      },
      /** Take the last step back; the id that is asked again, or undefined. */
      undo() {
        const event = state.done.pop();
        if (!event) return undefined;
        model.undo(event);
        state.queue = [event.id, ...state.queue.filter((id) => id !== event.id)];
        step();
        return event.id;
      },
      /** Leave out what cannot be asked any more. */
      keep(isAskable) {
        state.queue = state.queue.filter(isAskable);
        save(state);
      },
      turn(isOpen) {
        state.isOpen = isOpen;
        save(state);
      },
      isOver: () => state.spent >= state.limit,
      goOn() {
        state.limit = state.spent + MORE;
        save(state);
      },
    };
  };
})(typeof window === "undefined" ? globalThis : window);
