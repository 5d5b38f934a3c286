import { NativeSelect, TextInput } from "@mantine/core";
import type { CodeTablesView } from "#departments/clinical/api";
import { loincSystem, senderText, snomedSystem, systemName, ucumSystem } from "../code-words.ts";
import type { RowDraft } from "./row-draft.ts";
import { tableTitle } from "./table-words.ts";

interface RowFieldsProps {
  readonly draft: RowDraft;
  readonly tables: CodeTablesView;
  /** Of a row that is there, table and code stand. */
  readonly isNew: boolean;
  onChange(draft: RowDraft): void;
}

type TextOf = Exclude<keyof RowDraft, "kind">;

export function RowFields({ draft, tables, isNew, onChange }: RowFieldsProps) {
  const text = (name: TextOf) => ({
    value: draft[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange({ ...draft, [name]: event.currentTarget.value }),
  });
  return (
    <>
      {isNew ? <TableChoice draft={draft} tables={tables} onChange={onChange} /> : null}
      {isNew && draft.kind === "own" ? (
        <TextInput
          label="Coding system as it is sent"
          description="L where the message names none, or one of the sender's own; units for what stands in OBX-6."
          maxLength={200}
          value={draft.from}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...draft, from: value, ...(value === "units" ? { system: ucumSystem } : {}) })
          }
        />
      ) : null}
      <TextInput label="Code as it is sent" maxLength={200} readOnly={!isNew} {...text("code")} />
      <NativeSelect label="Counts for" data={whoseChoices(draft, tables)} {...text("whose")} />
      <Meaning draft={draft} tables={tables} text={text} />
    </>
  );
}

function TableChoice({ draft, tables: { guide }, onChange }: Omit<RowFieldsProps, "isNew">) {
  const choose = (value: string) => {
    const table = guide.find(({ name }) => name === value);
    if (table === undefined) onChange({ ...draft, kind: "own", table: "", whose: "", system: loincSystem });
    else onChange({ ...draft, kind: "guide", table: table.name, whose: "", system: table.system });
  };
  return (
    <NativeSelect
      label="Table"
      value={draft.kind === "own" ? "own" : draft.table}
      data={[
        { value: "own", label: "Senders' own codes and units" },
        ...guide.filter(({ isOpen }) => isOpen).map(({ name }) => ({ value: name, label: tableTitle(name, guide) })),
      ]}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}

function whoseChoices({ kind }: RowDraft, { links, senders }: CodeTablesView) {
  if (kind === "guide")
    return [
      { value: "", label: "The trust: every link" },
      ...links.map(({ name, title }) => ({ value: name, label: `The link ${title}` })),
    ];
  return [
    { value: "", label: "The trust: every sender" },
    ...senders.map((sender) => ({ value: sender, label: senderText(sender) })),
  ];
}

interface MeaningProps extends Pick<RowFieldsProps, "draft" | "tables"> {
  text(name: TextOf): {
    readonly value: string;
    onChange(event: { readonly currentTarget: { readonly value: string } }): void;
  };
}

/** An element that has a few codes alone offers these; every other takes what is typed. */
function Meaning({ draft, tables, text }: MeaningProps) {
  const table = draft.kind === "guide" ? tables.guide.find(({ name }) => name === draft.table) : undefined;
  if (table?.codes !== undefined)
    return (
      <NativeSelect
        label="Means"
        data={[{ value: "", label: "Choose one" }, ...table.codes.map((code) => ({ value: code, label: code }))]}
        {...text("target")}
      />
    );
  return (
    <>
      {draft.kind === "own" ? (
        <NativeSelect
          label="Means a code of"
          data={systemChoices(draft).map((system) => ({ value: system, label: systemName(system) }))}
          {...text("system")}
        />
      ) : (
        <TextInput label="Means a code of" maxLength={200} {...text("system")} />
      )}
      <TextInput label="Code" maxLength={200} {...text("target")} />
      <TextInput label="Name of it (may be left out)" maxLength={500} {...text("display")} />
    </>
  );
}

function systemChoices({ from, system }: RowDraft): readonly string[] {
  if (from === "units") return [ucumSystem];
  return [...new Set([loincSystem, snomedSystem, ucumSystem, ...(system === "" ? [] : [system])])];
}
