import {
  searchCompartment,
  searchCompartmentByForm,
  searchSystem,
  searchSystemByForm,
  searchType,
  searchTypeByForm,
} from "./search.ts";

/** Source: FHIR R4 §3.1.0.1.1 (search-type, search-system), §3.1.1.2 (compartments). */
export const searchRows = [
  { method: "GET", path: "", summary: "Search resources of several types", run: searchSystem, states: "search-system" },
  { method: "POST", path: "_search", summary: "Search resources of several types by a form", run: searchSystemByForm },
  { method: "GET", path: ":type", summary: "Search resources of a type", run: searchType, states: "search-type" },
  { method: "POST", path: ":type/_search", summary: "Search resources of a type by a form", run: searchTypeByForm },
  {
    method: "POST",
    path: ":type/:id/_search",
    summary: "Search what belongs to a patient, encounter, person or device by a form",
    run: searchCompartmentByForm,
  },
  {
    method: "GET",
    path: ":type/:id/:members",
    summary: "Search what belongs to a patient, encounter, person or device: resources of a type, or of all (*)",
    run: searchCompartment,
  },
  {
    method: "POST",
    path: ":type/:id/:members/_search",
    summary: "Search resources of one type that belong to a patient, encounter, person or device, by a form",
    run: searchCompartmentByForm,
  },
] as const;
