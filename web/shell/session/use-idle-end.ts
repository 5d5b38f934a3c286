import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { now } from "../../parts/clock/now.ts";
import { sendJson } from "../../parts/request/request.ts";
import { afterSignIn } from "../search-values.ts";
import { isIdle, lastActivity, noteActivity } from "./idle.ts";

const activities = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

/** How often to look whether somebody is still there. */
const lookEveryMs = 20_000;

/**
 * Ends the session of an abandoned screen. The server counts every request as use, and a page that renews itself would
 * keep its session open for ever.
 */
export function useIdleEnd(): void {
  const client = useQueryClient();
  const router = useRouter();
  useEffect(() => {
    const note = () => noteActivity(now());
    const look = () => {
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
}
