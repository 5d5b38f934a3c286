import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { sendStates } from "#departments/clinical/api";
import { formatCount } from "../../parts/format/numbers.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { PageTabs } from "../../parts/page-tabs/page-tabs.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import "../imaging.css";
import { nodesQuery, sendsQuery } from "../imaging-queries.ts";
import { type AskedDeed, ReasonDrawer } from "../reason-drawer.tsx";
import { SendDrawer } from "./send-drawer.tsx";
import { SendTable } from "./send-table.tsx";

const route = getRouteApi("/signed-in/images/sending");

const titles = { waiting: "Waiting", parked: "Parked", sent: "Sent", cancelled: "Cancelled" } as const;

const nothing = {
  waiting: "Nothing waits to be sent.",
  parked: "Nothing was given up. A study that could not be sent after its last try appears here.",
  sent: "Nothing was sent yet.",
  cancelled: "Nobody cancelled a send.",
} as const;

/** Studies on their way to other nodes, as far as they are. */
export function SendingPage() {
  const search = route.useSearch();
  const state = sendStates.find((known) => known === search.state) ?? "waiting";
  const query = useInfiniteQuery(sendsQuery(state));
  const nodes = useQuery(nodesQuery);
  const [asked, setAsked] = useState<AskedDeed>();
  const [isSending, setSending] = useState(false);
  const [first] = query.data?.pages ?? [];
  const counts = { waiting: first?.waiting, parked: first?.parked, sent: undefined, cancelled: undefined };
  return (
    <div className="page">
      <div className="page-head">
        <h1>Sending</h1>
        <p>Studies on their way to other nodes, each node’s in their order; the list follows by itself</p>
      </div>
      <div className="imaging-toolbar">
        <Button size="xs" leftSection={<Icon name="sign-out" size={15} />} onClick={() => setSending(true)}>
          Send a study
        </Button>
      </div>
      <PageTabs label="Which sends">
        {(["waiting", "parked", "sent", "cancelled"] as const).map((each) => (
          <Link
            key={each}
            to="/images/sending"
            search={each === "waiting" ? {} : { state: each }}
            activeOptions={{ exact: true }}
          >
            {titles[each]}
            {counts[each] === undefined ? "" : ` (${formatCount(counts[each])})`}
          </Link>
        ))}
      </PageTabs>
      <Loaded query={query} label="Loading the sends" rows={6}>
        {({ pages }) => {
          const sends = pages.flatMap((page) => page.sends);
          if (sends.length > 0) return <SendTable sends={sends} nodes={nodes.data?.nodes ?? []} onAsk={setAsked} />;
          return (
            <EmptyPanel icon="sign-out" title={`Nothing is ${titles[state].toLowerCase()}`}>
              {nothing[state]} Studies go by the sending rules, or by hand.
            </EmptyPanel>
          );
        }}
      </Loaded>
      <MoreRows query={query} label="Show older sends" />
      {asked === undefined ? null : <ReasonDrawer asked={asked} onClose={() => setAsked(undefined)} />}
      {isSending ? <SendDrawer nodes={nodes.data?.nodes ?? []} onClose={() => setSending(false)} /> : null}
    </div>
  );
}
