import type { Interpretation } from "#departments/clinical/api";
import { Icon } from "../../parts/icon/icon.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import { flagLook } from "./flag-words.ts";
import "./result.css";

interface FlagProps {
  readonly interpretation: Interpretation | undefined;
  /** The number lies outside the range that was sent, and the laboratory did not flag it. */
  readonly outsideRange?: "above" | "below" | undefined;
}

/** `H High` with an arrow; a normal flag is a quiet word, and what the laboratory left unflagged says so. */
export function Flag({ interpretation, outsideRange }: FlagProps) {
  if (interpretation === undefined)
    return outsideRange === undefined ? null : (
      <span className="flag-unflagged">{outsideRange} range, not flagged</span>
    );
  const look = flagLook(interpretation);
  if (look.tone === "plain") return <span className="quiet">{interpretation.text}</span>;
  return (
    <Tag tone={look.tone} {...(look.icon === undefined ? {} : { icon: look.icon })}>
      {letter(interpretation)}
      <span className="flag-word">{interpretation.text}</span>
    </Tag>
  );
}

/** Letter and arrow only, for tight tables; the word is read out. */
export function ShortFlag({ interpretation }: { readonly interpretation: Interpretation | undefined }) {
  if (interpretation === undefined) return null;
  const look = flagLook(interpretation);
  if (!look.calls) return null;
  return (
    <span className="flag-short" data-tone={look.tone} title={interpretation.text}>
      {look.icon === undefined ? null : <Icon name={look.icon} size={12} />}
      <span aria-hidden="true">{interpretation.code}</span>
      <span className="visually-hidden">{interpretation.text}</span>
    </span>
  );
}

function letter(interpretation: Interpretation) {
  return interpretation.code.length > 2 ? null : <span className="flag-letter">{interpretation.code}</span>;
}
