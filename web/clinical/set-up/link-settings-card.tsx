import type { LinkSettings } from "#departments/clinical/api";
import { countOf } from "../../parts/format/numbers.ts";
import { type Fact, Facts, Lines } from "./facts.tsx";
import { RouteTable } from "./route-table.tsx";
import { acknowledgeText, contractLines, intakeText, watchText } from "./settings-words.ts";

interface LinkSettingsCardProps {
  readonly link: LinkSettings;
  /** Of the destinations, by name. */
  readonly titles: ReadonlyMap<string, string>;
}

/** One link as it is set up; what its files leave out stands with the value it has. */
export function LinkSettingsCard({ link, titles }: LinkSettingsCardProps) {
  return (
    <article className="set-up-card" aria-labelledby={`set-up-link-${link.name}`}>
      <h3 id={`set-up-link-${link.name}`}>
        {link.title} <span className="fixed-width quiet">{link.name}</span>
      </h3>
      <Facts facts={factsOf(link)} />
      <RouteTable routes={link.routes} title={link.title} titles={titles} />
    </article>
  );
}

function factsOf(link: LinkSettings): readonly Fact[] {
  const { intake, contract, gates = {}, watch } = link;
  const allow =
    intake.by === "mllp" ? [{ term: "May connect", value: intake.allow.join(", ") || "every address" }] : [];
  const agreed = contract === undefined ? [] : contractLines(contract);
  const own = Object.entries(gates).map(([gate, outcome]) => `${gate}: ${outcome}`);
  return [
    { term: "Comes in by", value: intakeText(intake) },
    ...allow,
    { term: "Acknowledged", value: acknowledgeText(link.acknowledge) },
    { term: "Agreed with the sender", value: agreed.length === 0 ? "no restriction" : <Lines lines={agreed} /> },
    { term: "Into the record", value: link.record === false ? "no, only routed" : "yes" },
    ...(own.length === 0 ? [] : [{ term: "Gates other than usual", value: <Lines lines={own} /> }]),
    { term: "Unknown codes", value: link.holdUnknownCodes === true ? "the message is held" : "recorded as sent" },
    ...(link.mappingLayers.length === 0 ? [] : [{ term: "Mapping layers", value: link.mappingLayers.join(", then ") }]),
    { term: "Watched for", value: watchText(watch) },
    { term: "Messages are kept", value: countOf(link.retentionDays, "day") },
  ];
}
