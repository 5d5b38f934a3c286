import { storageClasses, storageClassName } from "#standards/dicom";

/** The UID of `CT Image Storage`; a misspelt name is a fault of this program. */
export function storageClassNamed(name: string): string {
  const uid = storageClasses.find((each) => storageClassName(each) === name);
  if (uid === undefined) throw new Error(`${name} is no storage class`);
  return uid;
}
