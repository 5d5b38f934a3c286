import { Button, Checkbox, Popover, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Icon } from "../../parts/icon/icon.tsx";
import { columnElements } from "../values/usual-elements.ts";

interface ColumnChoiceProps {
  readonly type: string;
  readonly columns: readonly string[];
  onChange(columns: readonly string[]): void;
  onUsual(): void;
}

/** Which elements stand as columns: those at the top of the type by a tick, deeper ones by their path. */
export function ColumnChoice({ type, columns, onChange, onUsual }: ColumnChoiceProps) {
  const elements = columnElements(type);
  const paths = columns.filter((column) => !elements.includes(column));
  const toggle = (element: string, isShown: boolean) =>
    onChange(isShown ? [...columns, element] : columns.filter((column) => column !== element));
  return (
    <Popover position="bottom-end" trapFocus withinPortal shadow="md" width={300}>
      <Popover.Target>
        <Button variant="default" size="xs" leftSection={<Icon name="menu" size={15} />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <div className="columns-choice">
          <PathForm onAdd={(path) => onChange([...columns.filter((column) => column !== path), path])} />
          <div className="columns-list">
            {[...paths, ...elements].map((element) => (
              <Checkbox
                key={element}
                size="xs"
                label={element}
                checked={columns.includes(element)}
                onChange={(event) => toggle(element, event.currentTarget.checked)}
              />
            ))}
          </div>
          <Button variant="subtle" size="compact-sm" onClick={onUsual}>
            The usual columns
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function PathForm({ onAdd }: { onAdd(path: string): void }) {
  const [path, setPath] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (path.trim() !== "") onAdd(path.trim());
    setPath("");
  };
  return (
    <form className="columns-path" onSubmit={submit}>
      <TextInput
        label="Element by its path"
        placeholder="name.family"
        size="xs"
        spellCheck={false}
        data-autofocus
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default">
        Add
      </Button>
    </form>
  );
}
