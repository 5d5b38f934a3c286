import { Checkbox } from "@mantine/core";
import { useState } from "react";
import type { ComponentView, FieldView, MessageReasonView, SegmentView } from "#departments/clinical/api";
import { Reasons } from "./message-head.tsx";
import { OutcomeMark } from "./outcome-mark.tsx";

interface ParsedTabProps {
  readonly segments: readonly SegmentView[];
  readonly remarks: readonly MessageReasonView[];
}

/** Segments, fields and components with the names HL7 gives them, and what became of each value. */
export function ParsedTab({ segments, remarks }: ParsedTabProps) {
  const [onlyUnmapped, setOnlyUnmapped] = useState(false);
  return (
    <section aria-label="Parsed message">
      <Reasons reasons={remarks} />
      <div className="message-actions">
        <Checkbox
          size="xs"
          label="Only what was not mapped"
          checked={onlyUnmapped}
          onChange={(event) => setOnlyUnmapped(event.currentTarget.checked)}
        />
      </div>
      {segments.map((segment) => (
        <Segment key={segment.where} segment={segment} onlyUnmapped={onlyUnmapped} />
      ))}
    </section>
  );
}

function Segment({ segment, onlyUnmapped }: { readonly segment: SegmentView; readonly onlyUnmapped: boolean }) {
  const fields = onlyUnmapped ? segment.fields.filter(hasUnmapped) : segment.fields;
  if (fields.length === 0) return null;
  return (
    <details className="segment" open>
      <summary>
        <strong className="fixed-width">{segment.where}</strong> {segment.title ?? "not defined by HL7"}
      </summary>
      <table className="table segment-table">
        <caption className="visually-hidden">Fields of {segment.where}</caption>
        <colgroup>
          <col className="segment-col-where" />
          <col className="segment-col-name" />
          <col />
          <col className="segment-col-outcome" />
        </colgroup>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Position</th>
            <th scope="col">Name</th>
            <th scope="col">Value</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {fields.flatMap((field) => [
            <FieldRow key={field.where} field={field} />,
            ...field.components.map((component) => <ComponentRow key={component.where} component={component} />),
          ])}
        </tbody>
      </table>
    </details>
  );
}

function FieldRow({ field }: { readonly field: FieldView }) {
  return (
    <tr>
      <td className="segment-where fixed-width">{field.where}</td>
      <th scope="row">{field.title ?? <span className="quiet">no name</span>}</th>
      <td className="segment-value">
        {field.isNull ? <NullValue /> : (field.text ?? <span className="quiet">{field.raw}</span>)}
      </td>
      <td>
        <OutcomeMark outcome={field.outcome} />
      </td>
    </tr>
  );
}

function ComponentRow({ component }: { readonly component: ComponentView }) {
  return (
    <tr className="segment-component">
      <td className="segment-where fixed-width">{component.where}</td>
      <th scope="row">{component.title ?? <span className="quiet">no name</span>}</th>
      <td className="segment-value">{component.isNull ? <NullValue /> : component.text}</td>
      <td>
        <OutcomeMark outcome={component.outcome} />
      </td>
    </tr>
  );
}

function NullValue() {
  return (
    <span className="quiet">
      <span className="fixed-width">""</span> delete what is there
    </span>
  );
}

function hasUnmapped(field: FieldView): boolean {
  return field.outcome?.is === "unmapped" || field.components.some((component) => component.outcome?.is === "unmapped");
}
