import { NativeSelect, Radio, TextInput } from "@mantine/core";
import type { CodeView, SuggestionsView, TargetCode } from "#departments/clinical/api";
import { systemName } from "./code-words.ts";
import { type Choice, systemsFor } from "./meaning.ts";
import { TargetText } from "./target-text.tsx";

interface MeaningChoiceProps {
  readonly field: CodeView["field"];
  readonly suggestions: SuggestionsView["suggestions"];
  readonly choice: Choice | undefined;
  readonly typed: TargetCode;
  onChoose(choice: Choice): void;
  onType(typed: TargetCode): void;
}

/** The best suggestion stands first; none is chosen beforehand, because people decide. */
export function MeaningChoice({ field, suggestions, choice, typed, onChoose, onType }: MeaningChoiceProps) {
  return (
    <Radio.Group
      label="It means"
      description={
        suggestions.length === 0
          ? "Nothing is suggested: no map and none of the loaded code systems has something like it."
          : "Suggested by maps and by the words, the best first. Nothing is chosen beforehand."
      }
      value={choice ?? ""}
      onChange={(value) => onChoose(value as Choice)}
    >
      <div className="code-choices">
        {suggestions.map((suggestion, at) => (
          <Radio
            key={`${suggestion.system} ${suggestion.code}`}
            value={`suggestion-${at}`}
            label={<TargetText target={suggestion} />}
            description={suggestion.why}
          />
        ))}
        <Radio value="typed" label={field === "OBX-6" ? "Another unit" : "Another code"} />
        {choice === "typed" ? <TypedCode field={field} typed={typed} onType={onType} /> : null}
        <Radio
          value="none"
          label="There is no other code for it"
          description="It stays as the sender wrote it, and leaves this list."
        />
      </div>
    </Radio.Group>
  );
}

function TypedCode({ field, typed, onType }: Pick<MeaningChoiceProps, "field" | "typed" | "onType">) {
  return (
    <div className="worklist-inset code-typed">
      <NativeSelect
        label="Code system"
        size="xs"
        value={typed.system}
        data={systemsFor(field).map((system) => ({ value: system, label: systemName(system) }))}
        onChange={(event) => onType({ ...typed, system: event.currentTarget.value })}
      />
      <TextInput
        label="Code"
        size="xs"
        value={typed.code}
        maxLength={200}
        onChange={(event) => onType({ ...typed, code: event.currentTarget.value })}
      />
      {field === "OBX-6" ? null : (
        <TextInput
          label="Name of it (may be left out)"
          size="xs"
          value={typed.display ?? ""}
          maxLength={500}
          onChange={(event) => onType({ ...typed, display: event.currentTarget.value })}
        />
      )}
    </div>
  );
}
