import { Button } from "@mantine/core";
import { useState } from "react";
import type { AddedView } from "#access/api";
import { Icon } from "../../parts/icon/icon.tsx";

interface OneTimeLinkProps {
  readonly added: AddedView;
  onClose(): void;
}

/** Shown once, because it is kept nowhere. */
export function OneTimeLink({ added, onClose }: OneTimeLinkProps) {
  const [copied, setCopied] = useState(false);
  const link = added.link ?? "";
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    setCopied(true);
  };
  return (
    <section className="users-link" role="status" aria-label="One-time link">
      <p>
        <strong>Give this link to {added.user.display}.</strong> It works once and lets them choose a password. It is
        not shown again.
      </p>
      <p className="users-link-text fixed-width">{link}</p>
      <div className="users-form-actions">
        {window.isSecureContext ? (
          <Button
            size="xs"
            leftSection={<Icon name={copied ? "check" : "copy"} size={15} />}
            onClick={() => void copy()}
          >
            {copied ? "Copied" : "Copy"}
          </Button>
        ) : null}
        <Button size="xs" variant="default" onClick={onClose}>
          Done
        </Button>
      </div>
    </section>
  );
}
