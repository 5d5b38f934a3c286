import { Button } from "@mantine/core";
import { useState } from "react";
import type { RawView } from "#departments/clinical/api";
import { Icon } from "../../parts/icon/icon.tsx";
import { ScrollRegion } from "../../parts/scroll-region/scroll-region.tsx";

/** The segments as they came, one a line. */
export function RawTab({ raw }: { readonly raw: RawView }) {
  if (raw.retired !== undefined)
    return (
      <section aria-label="Raw message">
        <p>{raw.retired}</p>
        <p className="quiet">
          It had {raw.sizeBytes} bytes, and their SHA-256 is{" "}
          <span className="fixed-width message-hash">{raw.hash}</span>.
        </p>
      </section>
    );
  return (
    <section aria-label="Raw message">
      <div className="message-actions">
        <CopyButton text={raw.lines.join("\r")} />
        <Button
          component="a"
          href={raw.url}
          download
          variant="default"
          size="xs"
          leftSection={<Icon name="download" size={15} />}
        >
          Download as received
        </Button>
        <span className="message-hash quiet" title={raw.hash}>
          SHA-256 <span className="fixed-width">{raw.hash.slice(0, 16)}…</span>
        </span>
      </div>
      <ScrollRegion className="raw fixed-width" label="Segments">
        <ol>
          {numbered(raw.lines).map(({ number, name, rest }) => (
            <li key={number}>
              <strong>{name}</strong>
              {rest}
            </li>
          ))}
        </ol>
      </ScrollRegion>
      {raw.cut ? <p className="quiet">This is the beginning only. Download the message for all of it.</p> : null}
    </section>
  );
}

function numbered(lines: readonly string[]) {
  return lines.map((line, index) => ({ number: index + 1, name: line.slice(0, 3), rest: line.slice(3) }));
}

/** Browsers let a page copy only where the connection is safe; elsewhere there is no button. */
function CopyButton({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState(false);
  if (!window.isSecureContext) return null;
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    window.setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<Icon name={copied ? "check" : "copy"} size={15} />}
      onClick={() => void copy()}
    >
      {copied ? "Copied" : "Copy"}
    </Button>
  );
}
