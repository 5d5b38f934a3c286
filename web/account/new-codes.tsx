import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";

interface NewCodesProps {
  readonly codes: readonly string[];
  onClose(): void;
}

/** Shown once, because they are kept nowhere; the page goes to them by itself. */
export function NewCodes({ codes, onClose }: NewCodesProps) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => section.current?.focus(), []);
  return (
    <section className="account-codes" ref={section} tabIndex={-1} aria-labelledby="account-codes">
      <h2 id="account-codes">Keep these recovery codes</h2>
      <p>
        Print them or write them down, and keep them where you do not keep your telephone. They are not shown again.
      </p>
      <ol className="fixed-width">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="account-actions">
        <Button onClick={onClose}>I have kept them</Button>
        <Button variant="default" onClick={() => window.print()}>
          Print
        </Button>
      </div>
    </section>
  );
}
