import { Button, NativeSelect } from "@mantine/core";
import { Icon } from "../../parts/icon/icon.tsx";
import { ConditionRow } from "./condition-row.tsx";
import { type Capabilities, parametersOf } from "./parameters.ts";
import { type Draft, type Pair, usualCount } from "./query-text.ts";

interface ConditionListProps {
  readonly capabilities: Capabilities;
  readonly type: string;
  readonly draft: Draft;
  onChange(draft: Draft): void;
}

/** Every condition must hold; then the order and the length of a page. */
export function ConditionList({ capabilities, type, draft, onChange }: ConditionListProps) {
  const { conditions } = draft;
  const [first] = parametersOf(capabilities, type);
  const replace = (index: number, condition: Pair) =>
    onChange({ ...draft, conditions: conditions.map((each, at) => (at === index ? condition : each)) });
  const remove = (index: number) => onChange({ ...draft, conditions: conditions.filter((_, at) => at !== index) });
  const add = () => onChange({ ...draft, conditions: [...conditions, { name: first?.code ?? "", value: "" }] });
  return (
    <div className="conditions">
      {conditions.map((condition, index) => (
        <ConditionRow
          // biome-ignore lint/suspicious/noArrayIndexKey: two conditions may be the same, and have no other name
          key={index}
          capabilities={capabilities}
          type={type}
          condition={condition}
          place={index + 1}
          onChange={(changed) => replace(index, changed)}
          onRemove={() => remove(index)}
        />
      ))}
      <div className="conditions-foot">
        <Button variant="default" leftSection={<Icon name="plus" size={15} />} onClick={add}>
          Add a condition
        </Button>
        <SortSelect capabilities={capabilities} type={type} draft={draft} onChange={onChange} />
        <NativeSelect
          label="On a page"
          value={draft.count}
          data={[...new Set(["10", usualCount, "50", "100", draft.count])]}
          onChange={(event) => onChange({ ...draft, count: event.currentTarget.value })}
        />
        <Button type="submit" className="conditions-run" leftSection={<Icon name="search" size={15} />}>
          Search
        </Button>
      </div>
    </div>
  );
}

function SortSelect({ capabilities, type, draft, onChange }: ConditionListProps) {
  const codes = parametersOf(capabilities, type)
    .filter(({ type: kind }) => kind !== "composite" && kind !== "special")
    .map(({ code }) => code);
  const code = draft.sort.replace(/^-/, "");
  const known = code === "" || codes.includes(code) ? codes : [...codes, code];
  const isDescending = draft.sort.startsWith("-");
  return (
    <>
      <NativeSelect
        label="Sorted by"
        value={code}
        data={[{ value: "", label: "newest change" }, ...known]}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...draft, sort: value === "" ? "" : `${isDescending ? "-" : ""}${value}` })
        }
      />
      {code === "" ? null : (
        <NativeSelect
          label="Order"
          value={isDescending ? "-" : ""}
          data={[
            { value: "", label: "up" },
            { value: "-", label: "down" },
          ]}
          onChange={({ currentTarget: { value } }) => onChange({ ...draft, sort: `${value}${code}` })}
        />
      )}
    </>
  );
}
