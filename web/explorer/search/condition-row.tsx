import { ActionIcon, NativeSelect, TextInput } from "@mantine/core";
import { Fragment } from "react";
import { Icon } from "../../parts/icon/icon.tsx";
import { type ParameterName, readName, writeName } from "./parameter-name.ts";
import { type Capabilities, type Parameter, parametersOf } from "./parameters.ts";
import type { Pair } from "./query-text.ts";
import { ValueField } from "./value-field.tsx";
import { type Way, wayOf, waysOf } from "./ways.ts";

interface ConditionRowProps {
  readonly capabilities: Capabilities;
  readonly type: string;
  readonly condition: Pair;
  /** Counting from 1, for its name. */
  readonly place: number;
  onChange(condition: Pair): void;
  onRemove(): void;
}

/** One condition: what, how, and the value. What the form has no fields for is written by hand. */
export function ConditionRow({ capabilities, type, condition, place, onChange, onRemove }: ConditionRowProps) {
  const name = readName(capabilities, type, condition.name);
  return (
    <fieldset className="condition">
      <legend className="visually-hidden">Condition {place}</legend>
      {name === undefined ? (
        <ByHand capabilities={capabilities} type={type} condition={condition} onChange={onChange} />
      ) : (
        <Filled capabilities={capabilities} type={type} condition={condition} name={name} onChange={onChange} />
      )}
      <ActionIcon
        className="condition-remove"
        variant="subtle"
        size="lg"
        aria-label={`Remove condition ${place}`}
        onClick={onRemove}
      >
        <Icon name="close" size={16} />
      </ActionIcon>
    </fieldset>
  );
}

type ByHandProps = Pick<ConditionRowProps, "capabilities" | "type" | "condition" | "onChange">;

function ByHand({ capabilities, type, condition, onChange }: ByHandProps) {
  return (
    <>
      <ParameterSelect
        parameters={parametersOf(capabilities, type)}
        value=""
        onChange={(code) => onChange({ name: code, value: "" })}
      />
      <TextInput
        className="condition-name"
        aria-label="Parameter as written"
        placeholder="_has:Observation:patient:code"
        spellCheck={false}
        value={condition.name}
        onChange={(event) => onChange({ ...condition, name: event.currentTarget.value })}
      />
      <TextInput
        className="condition-value"
        aria-label="Value as written"
        spellCheck={false}
        value={condition.value}
        onChange={(event) => onChange({ ...condition, value: event.currentTarget.value })}
      />
    </>
  );
}

interface FilledProps extends ByHandProps {
  readonly name: ParameterName;
}

function Filled({ capabilities, type, condition, name, onChange }: FilledProps) {
  const { followed, last, modifier } = name;
  const { way, rest } = wayOf(last.parameter.type, modifier, condition.value);
  const levels = [...followed, last];
  const choose = (level: number, code: string) => {
    const parameter = parametersOf(capabilities, levels[level]?.type ?? type).find((each) => each.code === code);
    if (parameter === undefined) return onChange({ name: "", value: "" });
    const step = { type: levels[level]?.type ?? type, parameter };
    onChange({ name: writeName({ followed: followed.slice(0, level), last: step, modifier: "" }), value: "" });
  };
  const chooseWay = (chosen: Way) => {
    const isSameForm = chosen.modifier === way.modifier && way.fixed === undefined;
    const value = chosen.fixed ?? (isSameForm && rest !== "" ? chosen.prefix + rest : "");
    onChange({ name: writeName({ ...name, modifier: chosen.modifier }), value: value === "" ? chosen.prefix : value });
  };
  const follow = (target: string) => {
    const [first] = parametersOf(capabilities, target);
    if (first === undefined) return;
    const next = { type: target, parameter: first };
    onChange({ name: writeName({ followed: [...followed, last], last: next, modifier: "" }), value: "" });
  };
  return (
    <>
      {levels.map((level, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a level of a chain is known by its place alone
        <Fragment key={index}>
          {index === 0 ? null : <span className="condition-leads">a {level.type} whose</span>}
          <ParameterSelect
            of={index === 0 ? undefined : level.type}
            parameters={parametersOf(capabilities, level.type)}
            value={level.parameter.code}
            onChange={(code) => choose(index, code)}
          />
        </Fragment>
      ))}
      <WaySelect
        parameter={last.parameter}
        capabilities={capabilities}
        way={way}
        onChoose={chooseWay}
        onFollow={follow}
      />
      {way.fixed === undefined ? (
        <ValueField
          parameter={last.parameter}
          modifier={modifier}
          value={rest}
          onChange={(value) => onChange({ ...condition, value: way.prefix + value })}
        />
      ) : null}
    </>
  );
}

interface ParameterSelectProps {
  /** The type that a reference was followed to. */
  readonly of?: string | undefined;
  readonly parameters: readonly Parameter[];
  readonly value: string;
  onChange(code: string): void;
}

function ParameterSelect({ of, parameters, value, onChange }: ParameterSelectProps) {
  const codes = parameters.map(({ code }) => code);
  return (
    <NativeSelect
      className="condition-parameter"
      aria-label={of === undefined ? "Parameter" : `Parameter of the ${of}`}
      value={value}
      data={[
        { group: of === undefined ? "Of this type" : of, items: codes.filter((code) => !code.startsWith("_")) },
        { group: "Of every resource", items: codes.filter((code) => code.startsWith("_")) },
        ...(of === undefined ? [{ group: "Others", items: [{ value: "", label: "written by hand" }] }] : []),
      ]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface WaySelectProps {
  readonly parameter: Parameter;
  readonly capabilities: Capabilities;
  readonly way: Way;
  onChoose(way: Way): void;
  onFollow(target: string): void;
}

/** How to compare; for a reference also: by what holds of the resource it leads to. */
function WaySelect({ parameter, capabilities, way, onChoose, onFollow }: WaySelectProps) {
  const ways = waysOf(parameter.type);
  const known = ways.includes(way) ? ways : [...ways, way];
  const targets = parameter.type === "reference" ? parameter.targets.filter((type) => capabilities.has(type)) : [];
  return (
    <NativeSelect
      className="condition-way"
      aria-label={`How ${parameter.code} is compared`}
      value={way.label}
      data={[
        ...known.map(({ label }) => label),
        ...(targets.length === 0
          ? []
          : [{ group: "leads to", items: targets.map((type) => ({ value: `>${type}`, label: `a ${type} whose …` })) }]),
      ]}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        const found = known.find(({ label }) => label === chosen);
        if (found !== undefined) onChoose(found);
        else onFollow(chosen.slice(1));
      }}
    />
  );
}
