import type { LiveEvent } from "#departments/clinical/api";

export interface GatheredEvents {
  add(event: LiveEvent): void;
  /** Hands over what waits and stops. */
  end(): void;
}

/** The first event at once; those that follow within `everyMs` together, as one event, at its end. */
export function gatherEvents(everyMs: number, onEvent: (event: LiveEvent) => void): GatheredEvents {
  let waiting: LiveEvent | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const handOver = () => {
    timer = undefined;
    const event = waiting;
    waiting = undefined;
    if (event === undefined) return;
    timer = setTimeout(handOver, everyMs);
    onEvent(event);
  };
  return {
    add: (event) => {
      waiting = waiting === undefined ? event : merged(waiting, event);
      if (timer === undefined) handOver();
    },
    end: () => {
      clearTimeout(timer);
      timer = undefined;
      if (waiting !== undefined) onEvent(waiting);
      waiting = undefined;
    },
  };
}

function merged(before: LiveEvent, after: LiveEvent): LiveEvent {
  return {
    position: after.position,
    kinds: [...new Set([...before.kinds, ...after.kinds])],
    ids: [...new Set([...before.ids, ...after.ids])],
  };
}
