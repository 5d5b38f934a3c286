import { everyone, machines } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const readers: readonly Grantee[] = [...everyone, ...machines];
const keepers: readonly Grantee[] = ["systems-developer", "system-administrator", "link"];

/** Catalogues of what exists, not of what a patient was given. */
export const products: Policy = {
  name: "products",
  title: "Catalogues of medicines, substances, devices and plans",
  layer: "fhir",
  kinds: [
    "CatalogEntry",
    "DeviceDefinition",
    "InsurancePlan",
    "Medication",
    "MedicationKnowledge",
    "MedicinalProduct",
    "MedicinalProductAuthorization",
    "MedicinalProductContraindication",
    "MedicinalProductIndication",
    "MedicinalProductIngredient",
    "MedicinalProductInteraction",
    "MedicinalProductManufactured",
    "MedicinalProductPackaged",
    "MedicinalProductPharmaceutical",
    "MedicinalProductUndesirableEffect",
    "Substance",
    "SubstanceNucleicAcid",
    "SubstancePolymer",
    "SubstanceProtein",
    "SubstanceReferenceInformation",
    "SubstanceSourceMaterial",
    "SubstanceSpecification",
  ],
  allow: granted({ readers, writers: keepers }),
};
