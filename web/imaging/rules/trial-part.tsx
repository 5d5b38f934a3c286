import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import { nodesQuery, trialQuery } from "../imaging-queries.ts";
import { ImagingTable } from "../imaging-table.tsx";
import { StudySearch } from "../sending/study-search.tsx";

/** Says of one study what each rule makes of it now, and sends nothing. */
export function TrialPart() {
  const [study, setStudy] = useState("");
  const query = useQuery(trialQuery(study));
  const nodes = useQuery(nodesQuery);
  const named = new Map(nodes.data?.nodes.map(({ id, aeTitle }) => [id, aeTitle]));
  return (
    <section aria-labelledby="trial">
      <h2 id="trial">Try them on a study</h2>
      <p className="quiet">Says where a study would go now, and why not elsewhere. Nothing is sent.</p>
      <StudySearch chosen={study} onChoose={setStudy} />
      <div role="status">
        {study === "" ? null : (
          <Loaded query={query} label="Trying the rules" rows={3}>
            {({ rules }) => (
              <ImagingTable
                caption="What each rule makes of the study"
                columns={["Rule", "It goes", "Why not"]}
                className="imaging-trial"
              >
                {rules.map(({ rule, goesTo, because }) => (
                  <tr key={rule}>
                    <th scope="row">{rule}</th>
                    <td>
                      {goesTo.length === 0 ? (
                        <Tag tone="plain" icon="cross">
                          Nowhere
                        </Tag>
                      ) : (
                        <Tag tone="good" icon="check">
                          To {goesTo.map((id) => named.get(id) ?? id).join(", ")}
                        </Tag>
                      )}
                    </td>
                    <td>{because}</td>
                  </tr>
                ))}
              </ImagingTable>
            )}
          </Loaded>
        )}
      </div>
    </section>
  );
}
