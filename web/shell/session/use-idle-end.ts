import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { now } from "../../parts/clock/now.ts";
import { sendJson } from "../../parts/request/request.ts";
import { afterSignIn } from "../search-values.ts";
import { isEndingSoon, isIdle, lastActivity, noteActivity } from "./idle.ts";
import { meQuery } from "./session.ts";

const activities = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

/** How often to look whether somebody is still there. */
const lookEveryMs = 20_000;

export interface IdleEnd {
  /** Nobody has touched anything for nearly as long as a session may lie idle. */
  readonly isNear: boolean;
  stay(): void;
}

/**
 * Ends the session of an abandoned screen. The server counts every request as use, and a page that renews itself would
 * keep its session open for ever.
 */
export function useIdleEnd(): IdleEnd {
  const client = useQueryClient();
  const router = useRouter();
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    const note = () => noteActivity(now());
    const look = () => {
      setNear(isEndingSoon(lastActivity(now()), now()));
      if (!isIdle(lastActivity(now()), now())) return;
      window.clearInterval(timer);
      void sendJson("POST", "/api/access/sign-out")
        .catch(() => undefined)
        .then(() => {
          const search = { ...afterSignIn({ back: router.state.location.href }), ended: "yes" };
          return router.navigate({ to: "/sign-in", search });
        })
        .then(() => client.clear());
    };
    note();
    const timer = window.setInterval(look, lookEveryMs);
    for (const activity of activities) window.addEventListener(activity, note, { passive: true });
    return () => {
      window.clearInterval(timer);
      for (const activity of activities) window.removeEventListener(activity, note);
    };
  }, [client, router]);
  return {
    isNear,
    stay() {
      noteActivity(now());
      setNear(false);
      // The server counts requests alone: without one it would end the session all the same.
      void client.refetchQueries({ queryKey: meQuery.queryKey });
    },
  };
}
