import type { ReactNode } from "react";
import { Mark } from "../shell/frame/mark.tsx";
import "./outside-page.css";

interface OutsidePageProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** A page for people who are not signed in: the product's name and one card. */
export function OutsidePage({ title, children }: OutsidePageProps) {
  return (
    <div className="outside">
      <header className="outside-brand">
        <Mark size={34} /> Corridor
      </header>
      <main className="outside-card" id="main" tabIndex={-1}>
        <h1>{title}</h1>
        {children}
      </main>
      <footer className="outside-foot">For staff of this hospital. Every use is recorded.</footer>
    </div>
  );
}
