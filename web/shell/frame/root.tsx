import { Outlet, useMatches } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { announce } from "../../parts/announcer/announcement.ts";
import { Announcer } from "../../parts/announcer/announcer.tsx";

/** Around every page: its title for the browser's tab, and its name for people who do not see it change. */
export function Root() {
  const title = useMatches({ select: (matches) => matches.at(-1)?.staticData.title });
  const pathname = useMatches({ select: (matches) => matches.at(-1)?.pathname });
  const shown = useRef<string | undefined>(undefined);

  useEffect(() => {
    document.title = title === undefined ? "Corridor" : `${title} – Corridor`;
    const arrived = shown.current !== undefined && shown.current !== pathname;
    shown.current = pathname;
    if (!arrived) return;
    announce(title ?? "Corridor");
    focusMain();
  }, [title, pathname]);

  return (
    <>
      <Announcer />
      <Outlet />
    </>
  );
}

/** After a change of page the keyboard goes on from the new content, unless it is in there already. */
function focusMain(): void {
  const main = document.getElementById("main");
  if (main !== null && !main.contains(document.activeElement)) main.focus({ preventScroll: true });
}
