import { Radio, TextInput } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useDebounced } from "../../parts/debounce/use-debounced.ts";
import "../../parts/worklist/worklist.css";
import { studyFields } from "../../viewer/dicomweb/queries.ts";
import { queryPath } from "../../viewer/dicomweb/query-path.ts";
import { getDataSets } from "../../viewer/dicomweb/requests.ts";
import { type Study, studyOf } from "../../viewer/dicomweb/study.ts";
import { studyTitle } from "./study-name.tsx";

const textMin = 2;
const shownMax = 8;

/** A UID, an accession number, a patient's number or the beginning of a name, whichever finds something. */
function foundQuery(text: string) {
  return queryOptions({
    queryKey: ["images", "study-search", text],
    queryFn: async ({ signal }): Promise<readonly Study[]> => {
      const ways = /^[\d.]{20,64}$/.test(text)
        ? [{ StudyInstanceUID: text }]
        : [{ AccessionNumber: text }, { PatientID: text }, { PatientName: `${text}*`, fuzzymatching: "true" }];
      for (const way of ways) {
        const { dataSets } = await getDataSets(queryPath("studies", { ...way, limit: shownMax }, studyFields), signal);
        if (dataSets.length > 0) return dataSets.map(studyOf);
      }
      return [];
    },
    enabled: text.length >= textMin,
  });
}

interface StudySearchProps {
  readonly chosen: string;
  onChoose(uid: string): void;
}

/** Finds one study of the archive. */
export function StudySearch({ chosen, onChoose }: StudySearchProps) {
  const [text, setText] = useState("");
  const asked = useDebounced(text.trim(), 300);
  const { data: found } = useQuery(foundQuery(asked));
  return (
    <div className="worklist-inset">
      <TextInput
        label="Study"
        description="Patient’s name or number, accession number, or study UID"
        value={text}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {found === undefined || found.length === 0 ? null : (
        <Radio.Group label="Found" value={chosen} onChange={onChoose}>
          {found.map((study) => (
            <Radio
              key={study.uid}
              value={study.uid}
              label={studyTitle(study)}
              description={`${study.modalities.join(", ")} · accession ${study.accession ?? "not said"}`}
            />
          ))}
        </Radio.Group>
      )}
      <p className="quiet" role="status">
        {found?.length === 0 ? `No study found for ${asked}.` : ""}
      </p>
    </div>
  );
}
