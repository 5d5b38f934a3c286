import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { ConfigurationFile, ConfigurationForms } from "#departments/clinical/api";
import { useDebounced } from "../../../parts/debounce/use-debounced.ts";
import { changedFiles } from "../changed-files.ts";
import { Changes } from "./changes.tsx";
import { CheckPart } from "./check-part.tsx";
import { DeployForm } from "./deploy-form.tsx";
import { newSettings, type SettingsFolder, settingsFiles, withFile, withoutFile } from "./draft.ts";
import { checkQuery } from "./edit-queries.ts";
import { FieldView } from "./field-view.tsx";
import { FileList } from "./file-list.tsx";
import { problemsOf } from "./form-problems.ts";
import { SettingsForm } from "./settings-form.tsx";

export interface Running {
  /** 0: nothing was ever deployed. */
  readonly version: number;
  readonly files: readonly ConfigurationFile[];
}

interface EditorProps {
  readonly forms: ConfigurationForms;
  readonly running: Running;
}

/** How long nothing is typed before the draft is checked. */
const checkAfterMs = 400;

/** A draft of the files, beginning with those that run now. */
export function Editor({ forms, running }: EditorProps) {
  const [files, setFiles] = useState(running.files);
  const listed = settingsFiles(files);
  const [open, setOpen] = useState(listed.find(({ folder }) => folder === "links")?.path);
  const changed = changedFiles(running.files, files);
  const settled = useDebounced(files, checkAfterMs);
  const check = useQuery(checkQuery(settled));
  const isChecked = settled === files && !check.isPlaceholderData && check.data !== undefined;
  useLeaveWarning(changed.length > 0);
  const problems = check.data?.problems ?? [];
  const edited = listed.find(({ path }) => path === open);
  const add = (folder: SettingsFolder, name: string) => {
    const path = `${folder}/${name}.json`;
    setFiles(withFile(files, path, newSettings(folder)));
    setOpen(path);
  };
  return (
    <div className="edit">
      <FileList files={listed} problems={problems} open={open} onOpen={setOpen} onAdd={add} />
      {edited === undefined ? (
        <p className="quiet">Choose a link or a destination, or add one.</p>
      ) : (
        <SettingsForm
          key={edited.path}
          file={edited}
          fields={edited.folder === "links" ? forms.link : forms.destination}
          around={{
            Field: FieldView,
            problems: problemsOf(problems, edited.path),
            destinations: listed.flatMap(({ folder, name }) => (folder === "destinations" ? [name] : [])),
          }}
          onChange={(settings) => setFiles(withFile(files, edited.path, settings))}
          onRemove={() => {
            setFiles(withoutFile(files, edited));
            setOpen(undefined);
          }}
        />
      )}
      <div className="edit-side">
        <CheckPart
          report={check.data}
          error={check.error}
          isChecked={isChecked}
          onOpen={setOpen}
          onExpect={({ expectedPath, actual }) => setFiles(withFile(files, expectedPath, actual))}
        />
        <Changes before={running.files} after={files} paths={changed} />
        <DeployForm
          files={files}
          basedOn={running.version}
          isReady={changed.length > 0 && isChecked && check.data?.isSound === true}
        />
      </div>
    </div>
  );
}

/** A draft is of this page alone: leaving the web app would lose it. */
function useLeaveWarning(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isChanged]);
}
