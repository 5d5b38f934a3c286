import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { DecisionView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { usePermission } from "../../shell/session/session.ts";
import { bannerQuery } from "../patients/patient-queries.ts";
import { patientSentence } from "../patients/patient-words.ts";

interface ProposalProps {
  readonly proposal: DecisionView;
  readonly isMine: boolean;
}

/** What somebody wants to do, with whom and why, for the second person to judge. */
export function Proposal({ proposal, isMine }: ProposalProps) {
  return (
    <div className="worklist-note">
      <Icon name="patients" size={18} />
      <div>
        <p>
          <strong>{isMine ? "You proposed" : `${proposal.display} proposes`}</strong> to release it{" "}
          {proposal.patient === undefined ? "as it is" : "to"}{" "}
          {proposal.patient === undefined ? null : <Chosen id={proposal.patient.replace(/^Patient\//, "")} />}
          <span className="worklist-small tabular">{formatDateTime(proposal.at)}</span>
        </p>
        <p>
          <q>{proposal.comment}</q>
        </p>
      </div>
    </div>
  );
}

function Chosen({ id }: { readonly id: string }) {
  const mayOpen = usePermission("chart.open");
  const { data } = useQuery({ ...bannerQuery(id), enabled: mayOpen });
  return (
    <Link to="/patients/$id" params={{ id }}>
      {data === undefined ? "a patient you may look at" : patientSentence(data)}
    </Link>
  );
}
