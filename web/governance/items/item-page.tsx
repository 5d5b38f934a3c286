import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type ItemView, listNamed } from "#departments/information/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import "../../parts/worklist/worklist.css";
import { DisclosurePart } from "../disclosure/disclosure-part.tsx";
import "../governance.css";
import { itemQuery } from "../governance-queries.ts";
import { ChecksPart } from "./checks-part.tsx";
import { ClocksPart } from "./clocks-part.tsx";
import { FactsPart } from "./facts-part.tsx";
import { ItemStateTag } from "./item-state-tag.tsx";
import { NotesPart } from "./notes-part.tsx";
import { StepsPart } from "./steps-part.tsx";
import { TimelinePart } from "./timeline-part.tsx";

const route = getRouteApi("/signed-in/governance/items/$id");

/** One request or entry of a register: its clocks, what is to be done, and all that was. */
export function ItemPage() {
  const { id } = route.useParams();
  const query = useQuery(itemQuery(id));
  return (
    <div className="page">
      {query.data === undefined ? <h1 className="visually-hidden">Entry</h1> : null}
      <Loaded query={query} label="Loading the entry" rows={10}>
        {(item) => <OpenItem item={item} />}
      </Loaded>
    </div>
  );
}

function OpenItem({ item }: { readonly item: ItemView }) {
  const list = listNamed(item.list);
  const isRegister = list?.area === "registers";
  return (
    <>
      <p className="quiet">
        <Link to={isRegister ? "/governance/registers" : "/governance/requests"}>
          <Icon name="chevron-left" size={15} /> {isRegister ? "Registers" : "Requests"}
        </Link>
      </p>
      <div className="page-head">
        <h1>
          {item.reference} {item.title}
        </h1>
        <p className="governance-entry">
          <ItemStateTag state={item.state} /> {list?.title}
          {item.flag === undefined ? null : (
            <Tag tone="warn" icon="alert">
              The patient's record is marked
            </Tag>
          )}
          {item.tags.map((tag) => (
            <Tag key={tag} tone="plain">
              {tag}
            </Tag>
          ))}
          <span className="quiet">received {formatDateTime(item.marks.received ?? "")}</span>
        </p>
      </div>
      <div className="worklist-columns">
        <div className="worklist-column">
          <FactsPart item={item} />
          {item.list === "subject-access" ? <DisclosurePart item={item} /> : null}
          <NotesPart item={item} />
          <TimelinePart id={item.id} />
        </div>
        <div className="worklist-column">
          <ClocksPart item={item} />
          <ChecksPart item={item} />
          <StepsPart key={item.version} item={item} />
        </div>
      </div>
    </>
  );
}
