import { Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useIdleEnd } from "../session/use-idle-end.ts";
import { AccountNotices } from "./account-notices.tsx";
import { ConnectionNotice } from "./connection-notice.tsx";
import "./frame.css";
import { Header } from "./header.tsx";
import { IdleWarning } from "./idle-warning.tsx";
import { Navigation } from "./navigation.tsx";

/** Header, navigation and the page between them: around everything a signed-in person sees. */
export function Frame() {
  const [menuOpen, setMenuOpen] = useState(false);
  const idleEnd = useIdleEnd();
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: going to another page closes the menu of a phone
  useEffect(() => setMenuOpen(false), [pathname]);

  return (
    <div className="frame">
      <a className="frame-skip" href="#main">
        Skip to the content
      </a>
      <Header menuOpen={menuOpen} onToggleMenu={() => setMenuOpen((open) => !open)} />
      <div className="frame-body">
        <Navigation open={menuOpen} onClose={() => setMenuOpen(false)} />
        <main className="frame-main" id="main" tabIndex={-1}>
          <AccountNotices />
          <Outlet />
        </main>
      </div>
      <ConnectionNotice />
      {idleEnd.isNear ? <IdleWarning onStay={idleEnd.stay} /> : null}
    </div>
  );
}
