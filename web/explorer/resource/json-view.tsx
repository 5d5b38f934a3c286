import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { isResourceType, parseReference } from "#standards/fhir";
import { announce } from "../../parts/announcer/announcement.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { ScrollRegion } from "../../parts/scroll-region/scroll-region.tsx";

/** Lists and objects with more lines than this are closed at first; texts longer than the other are cut. */
const openLinesMax = 40;
const textLengthMax = 240;

interface JsonViewProps {
  readonly value: unknown;
  readonly label: string;
  /** Beside the button that copies. */
  readonly children?: ReactNode;
}

/** A resource as JSON: copied, folded, and with references to follow. */
export function JsonView({ value, label, children }: JsonViewProps) {
  return (
    <div className="json">
      <div className="json-actions">
        {children}
        <CopyButton text={JSON.stringify(value, undefined, 2)} />
      </div>
      <ScrollRegion className="json-text" label={label}>
        <JsonValue value={value} isOuter />
      </ScrollRegion>
    </div>
  );
}

function CopyButton({ text }: { readonly text: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    announce("The JSON is copied.");
  };
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<Icon name={isCopied ? "check" : "copy"} size={15} />}
      onClick={() => void copy()}
    >
      {isCopied ? "Copied" : "Copy"}
    </Button>
  );
}

interface JsonValueProps {
  readonly value: unknown;
  readonly name?: string;
  readonly isOuter?: boolean;
  /** What stands behind it on its last line. */
  readonly comma?: string;
}

function JsonValue({ value, name, isOuter = false, comma = "" }: JsonValueProps) {
  const label = name === undefined ? null : <span data-is="name">{JSON.stringify(name)}: </span>;
  if (typeof value !== "object" || value === null)
    return (
      <div className="json-line">
        {label}
        <Leaf value={value} isReference={name === "reference"} />
        {comma}
      </div>
    );
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const items: readonly (readonly [string | undefined, unknown])[] = Array.isArray(value)
    ? value.map((item) => [undefined, item] as const)
    : Object.entries(value);
  const lines = isOuter ? 0 : JSON.stringify(value, undefined, 1).split("\n").length;
  const children = items.map(([key, item], index) => (
    <JsonValue
      key={key ?? index}
      value={item}
      {...(key === undefined ? {} : { name: key })}
      comma={index < items.length - 1 ? "," : ""}
    />
  ));
  if (isOuter || items.length === 0)
    return (
      <Block
        head={
          <>
            {label}
            {open}
          </>
        }
        foot={`${close}${comma}`}
      >
        {children}
      </Block>
    );
  return (
    <Folding
      head={
        <>
          {label}
          {open}
        </>
      }
      foot={`${close}${comma}`}
      lines={lines}
    >
      {children}
    </Folding>
  );
}

interface BlockProps {
  readonly head: ReactNode;
  readonly foot: string;
  readonly children: ReactNode;
}

function Block({ head, foot, children }: BlockProps) {
  return (
    <>
      <div className="json-line">{head}</div>
      <div className="json-inside">{children}</div>
      <div className="json-line">{foot}</div>
    </>
  );
}

function Folding({ head, foot, lines, children }: BlockProps & { readonly lines: number }) {
  const [isOpen, setOpen] = useState(lines <= openLinesMax);
  return (
    <details className="json-fold" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="json-line">
        {head}
        {isOpen ? null : (
          <span className="json-closed">
            {" "}
            … {lines - 2} lines {foot}
          </span>
        )}
      </summary>
      {isOpen ? (
        <>
          <div className="json-inside">{children}</div>
          <div className="json-line">{foot}</div>
        </>
      ) : null}
    </details>
  );
}

function Leaf({ value, isReference }: { readonly value: unknown; readonly isReference: boolean }) {
  const [isWhole, setWhole] = useState(false);
  if (typeof value !== "string") return <span data-is="literal">{String(value)}</span>;
  const target = isReference ? parseReference(value) : undefined;
  if (target !== undefined && target.base === undefined && isResourceType(target.type)) {
    const { type, id, version } = target;
    return (
      <Link to="/explorer/$type/$id" params={{ type, id }} search={version === undefined ? {} : { version }}>
        {JSON.stringify(value)}
      </Link>
    );
  }
  if (value.length <= textLengthMax || isWhole) return <span data-is="text">{JSON.stringify(value)}</span>;
  return (
    <>
      <span data-is="text">{JSON.stringify(value.slice(0, textLengthMax)).slice(0, -1)}</span>
      <button type="button" className="json-more" onClick={() => setWhole(true)}>
        … {value.length - textLengthMax} more characters
      </button>
    </>
  );
}
