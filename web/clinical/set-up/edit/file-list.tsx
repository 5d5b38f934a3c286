import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Icon } from "../../../parts/icon/icon.tsx";
import { isFileName, type SettingsFile, type SettingsFolder } from "./draft.ts";
import { type Problem, problemsOf } from "./form-problems.ts";

interface FileListProps {
  readonly files: readonly SettingsFile[];
  readonly problems: readonly Problem[];
  readonly open: string | undefined;
  onOpen(path: string): void;
  onAdd(folder: SettingsFolder, name: string): void;
}

const titles: Readonly<Record<SettingsFolder, { readonly title: string; readonly one: string }>> = {
  links: { title: "Links", one: "link" },
  destinations: { title: "Destinations", one: "destination" },
};

/** The links and destinations of the draft, each with how much is wrong in it. */
export function FileList(props: FileListProps) {
  return (
    <nav className="edit-files" aria-label="Links and destinations">
      <Folder folder="links" {...props} />
      <Folder folder="destinations" {...props} />
    </nav>
  );
}

function Folder({ folder, files, problems, open, onOpen, onAdd }: FileListProps & { readonly folder: SettingsFolder }) {
  const { title, one } = titles[folder];
  const inside = files.filter((file) => file.folder === folder);
  return (
    <section aria-labelledby={`edit-${folder}`}>
      <h2 id={`edit-${folder}`}>{title}</h2>
      <ul>
        {inside.map(({ path, name, settings }) => {
          const wrong = problemsOf(problems, path).count;
          return (
            <li key={path}>
              <button
                type="button"
                className="edit-file"
                aria-current={path === open ? "true" : undefined}
                onClick={() => onOpen(path)}
              >
                <span>{typeof settings.title === "string" && settings.title !== "" ? settings.title : name}</span>
                {wrong === 0 ? null : (
                  <span className="edit-wrong">
                    <Icon name="alert" size={14} /> {wrong} <span className="visually-hidden">to mend</span>
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
      <AddForm one={one} taken={inside.map(({ name }) => name)} onAdd={(name) => onAdd(folder, name)} />
    </section>
  );
}

interface AddFormProps {
  readonly one: string;
  readonly taken: readonly string[];
  onAdd(name: string): void;
}

function AddForm({ one, taken, onAdd }: AddFormProps) {
  const [name, setName] = useState("");
  const wrong = taken.includes(name)
    ? "There is one of this name."
    : name === "" || isFileName(name)
      ? undefined
      : "Small letters, digits and hyphens.";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name === "" || wrong !== undefined) return;
    onAdd(name);
    setName("");
  };
  return (
    <form className="edit-add" onSubmit={submit}>
      <TextInput
        size="xs"
        aria-label={`Name of a new ${one}`}
        placeholder="name-of-it"
        value={name}
        error={wrong}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" disabled={name === "" || wrong !== undefined}>
        Add {one}
      </Button>
    </form>
  );
}
