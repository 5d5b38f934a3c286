import { useId, useState } from "react";
import "./validation.css";

interface SourceFieldProps {
  readonly text: string;
  /** The line that is marked, counting from 1. */
  readonly marked: number | undefined;
  /** Lines with issues. */
  readonly faulty: ReadonlySet<number>;
  onChange(text: string): void;
  /** The field, to scroll and select in. */
  readonly field: React.RefObject<HTMLTextAreaElement | null>;
}

/** Pixels; the style sheet has the same. */
export const lineHeightPx = 20;

/** A text with numbered lines, to write and paste in. */
export function SourceField({ text, marked, faulty, onChange, field }: SourceFieldProps) {
  const id = useId();
  const [scrollTop, setScrollTop] = useState(0);
  const lines = Math.max(1, text.split("\n").length);
  const top = (line: number) => 8 + (line - 1) * lineHeightPx - scrollTop;
  return (
    <div className="source">
      <label htmlFor={id} className="source-label">
        Resource, in JSON or XML
      </label>
      <div className="source-frame">
        <div className="source-numbers" aria-hidden="true">
          <div className="source-moved" style={{ transform: `translateY(${-scrollTop}px)` }}>
            {numbersTo(lines)}
            {[...faulty].map((line) => (
              <span key={line} className="source-faulty" style={{ top: (line - 1) * lineHeightPx }}>
                {line}
              </span>
            ))}
          </div>
        </div>
        <div className="source-text">
          {marked === undefined ? null : <div className="source-mark" style={{ top: top(marked) }} />}
          <textarea
            id={id}
            ref={field}
            className="source-area"
            spellCheck={false}
            autoComplete="off"
            wrap="off"
            placeholder={'{\n  "resourceType": "Patient",\n  …'}
            value={text}
            onChange={(event) => onChange(event.currentTarget.value)}
            onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
          />
        </div>
      </div>
    </div>
  );
}

/** One text, because a column of elements would be slow with a large resource. */
function numbersTo(lines: number): string {
  return Array.from({ length: lines }, (_, index) => index + 1).join("\n");
}

/** Brings a line into sight and puts the cursor there. */
export function goToLine(field: HTMLTextAreaElement, line: number): void {
  const lines = field.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((length, text) => length + text.length + 1, 0);
  field.focus();
  field.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  field.scrollTop = Math.max(0, (line - 1) * lineHeightPx - field.clientHeight / 3);
  field.scrollLeft = 0;
}
