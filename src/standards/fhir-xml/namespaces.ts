/** Source: FHIR R4 §2.6.1. */
export const fhirNamespace = "http://hl7.org/fhir";
export const xhtmlNamespace = "http://www.w3.org/1999/xhtml";
/** Hints for schema validators, which say nothing of the resource. Source: XML Schema Part 1 §2.6. */
export const schemaInstanceNamespace = "http://www.w3.org/2001/XMLSchema-instance";
