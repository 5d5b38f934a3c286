import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ConfigurationView } from "#departments/clinical/api";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { ConfigurationParts } from "./configuration-parts.tsx";
import { DeploymentFacts } from "./deployment-facts.tsx";
import { EarlierVersion } from "./earlier-version.tsx";
import { SetUpHead } from "./set-up-head.tsx";
import { configurationQuery } from "./set-up-queries.ts";

const route = getRouteApi("/signed-in/links/set-up");

/** The configuration of the links that runs now, in words; or, to look at, that of an earlier version. */
export function SetUpPage() {
  const { version } = route.useSearch();
  const newest = useQuery(configurationQuery());
  return (
    <div className="page">
      <SetUpHead note="Where messages come in, where they go out, and by which rules" />
      <Loaded query={newest} label="Loading the configuration" rows={8}>
        {(running) =>
          version === undefined || Number(version) === running.deployment?.version ? (
            <Running view={running} />
          ) : (
            <EarlierVersion key={version} version={version} running={running} />
          )
        }
      </Loaded>
    </div>
  );
}

function Running({ view }: { readonly view: ConfigurationView }) {
  if (view.deployment === undefined)
    return (
      <EmptyPanel icon="links" title="Nothing has been deployed yet">
        Until then one link listens on the port of the setting CORRIDOR_MLLP_PORT, as the page{" "}
        <Link to="/links">Links</Link> shows. <Link to="/links/set-up/edit">Edit</Link> begins with that link; a folder
        of files is deployed with “corridor links deploy”.
      </EmptyPanel>
    );
  return (
    <>
      <DeploymentFacts deployment={view.deployment} word="Runs now" />
      <ConfigurationParts view={view} />
    </>
  );
}
