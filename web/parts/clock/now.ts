import { useEffect, useState } from "react";
import { type Instant, instant } from "#kernel";

/** The browser's clock; the only place of the web app that reads it. */
export function now(): Instant {
  return instant(Date.now());
}

/** Now, read again every `everyMs`, for words such as `4 min ago`. */
export function useNow(everyMs = 15_000): Instant {
  const [at, setAt] = useState(now);
  useEffect(() => {
    const timer = window.setInterval(() => setAt(now()), everyMs);
    return () => window.clearInterval(timer);
  }, [everyMs]);
  return at;
}
