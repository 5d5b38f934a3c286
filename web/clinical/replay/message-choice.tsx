import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { MessageChoice } from "#departments/clinical/api";
import { linksQuery } from "../links/link-queries.ts";

/** What a person has typed; empty: any. */
export type ChoiceTexts = Readonly<Record<"q" | "text" | "link" | "type" | "sender" | "state" | "from" | "to", string>>;

export const noChoice: ChoiceTexts = { q: "", text: "", link: "", type: "", sender: "", state: "", from: "", to: "" };

/** As the server asks for it: what is empty is left out. */
export function choiceOf({ state, ...texts }: ChoiceTexts): MessageChoice {
  const given = Object.entries(texts).flatMap(([name, text]) => (text.trim() === "" ? [] : [[name, text.trim()]]));
  const states = state === "" ? {} : { state: state.split(",") };
  return { ...Object.fromEntries(given), ...states } as MessageChoice;
}

const stateChoices = [
  { value: "", label: "Any state" },
  { value: "mapped,stale,routed,filtered", label: "Taken" },
  { value: "held", label: "Held" },
  { value: "rejected", label: "Rejected" },
  { value: "held,rejected", label: "Held or rejected" },
];

interface MessageChoiceFieldsProps {
  readonly texts: ChoiceTexts;
  onChange(name: keyof ChoiceTexts, text: string): void;
}

/** The same questions as in the message browser, and the sender. */
export function MessageChoiceFields({ texts, onChange }: MessageChoiceFieldsProps) {
  const { data } = useQuery(linksQuery);
  const links = data?.links ?? [];
  const types = [...new Set(links.flatMap((link) => link.types.map(({ type }) => type)))].sort();
  const field = (name: keyof ChoiceTexts) => ({
    value: texts[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange(name, event.currentTarget.value),
  });
  return (
    <div className="replay-fields">
      <NativeSelect
        label="Link"
        {...field("link")}
        data={[{ value: "", label: "Every link" }, ...links.map(({ name, title }) => ({ value: name, label: title }))]}
      />
      <NativeSelect
        label="Type"
        {...field("type")}
        data={[{ value: "", label: "Every type" }, ...types.map((type) => ({ value: type, label: type }))]}
      />
      <NativeSelect label="State" {...field("state")} data={stateChoices} />
      <TextInput label="Arrived from" type="date" {...field("from")} />
      <TextInput label="Arrived to" type="date" {...field("to")} />
      <TextInput label="Sender" placeholder="MSH-3 or MSH-4" maxLength={100} {...field("sender")} />
      <TextInput label="Number" placeholder="NHS, hospital, order or control ID" maxLength={200} {...field("q")} />
      <TextInput label="Words" placeholder="Each stands in the message" maxLength={200} {...field("text")} />
    </div>
  );
}
