/** Names that are common in Britain, from the families of many countries. Put together by chance: nobody is meant. */
export interface NamePool {
  /** Of a hundred people. */
  readonly share: number;
  readonly family: readonly string[];
  readonly female: readonly string[];
  readonly male: readonly string[];
}

const words = (text: string): readonly string[] => text.split(" ");

export const namePools: readonly NamePool[] = [
  {
    share: 56,
    family: words(
      "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts " +
        "Green Hall Wood Jackson Clarke Harris Lewis Turner Hill Cooper Ward Morris Moore Clark Baker Allen Parker " +
        "Bennett Cook Shaw Price Fletcher Marsh Holloway Pritchard Whitfield Ashworth Barlow Dunmore Thackeray",
    ),
    female: words(
      "Margaret Jean Patricia Susan Christine Linda Karen Julie Tracey Sarah Emma Claire Nicola Laura Rebecca Amy " +
        "Jessica Chloe Olivia Amelia Isla Freya Poppy Dorothy Joan Sheila Brenda Maureen",
    ),
    male: words(
      "John David Michael Peter Robert Alan Brian Keith Kevin Stephen Andrew Mark Paul Richard Simon Matthew Daniel " +
        "James Thomas Jack Oliver Harry George Noah Arthur Kenneth Derek Raymond",
    ),
  },
  {
    share: 8,
    family: words("MacDonald Campbell Stewart Fraser O'Neill Kelly Murphy O'Brien Doherty Sullivan Rees Griffiths"),
    female: words("Fiona Eilidh Siobhán Aoife Niamh Morag Catriona Bronwen Cerys Róisín"),
    male: words("Hamish Callum Alasdair Cormac Declan Seán Liam Owen Gareth Rhys"),
  },
  {
    share: 14,
    family: words("Khan Patel Ahmed Hussain Singh Kaur Begum Ali Shah Mistry Chowdhury Rahman Iqbal Sharma Banerjee"),
    female: words("Aisha Fatima Priya Anjali Sunita Nasreen Zainab Meera Harpreet Shabana Yasmin Deepa"),
    male: words("Mohammed Imran Rajesh Amit Harjit Bilal Tariq Sanjay Vikram Yusuf Kamal Arjun"),
  },
  {
    share: 9,
    family: words("Okonkwo Adeyemi Mensah Boateng Nkosi Campbell-Reid Baptiste Okeke Asante Diallo Mwangi Grant"),
    female: words("Adaeze Grace Abena Funmilayo Blessing Marcia Yvonne Thandiwe Esther Chipo"),
    male: words("Kwame Emeka Tunde Samuel Delroy Winston Kofi Joseph Tendai Chidi"),
  },
  {
    share: 8,
    family: words("Kowalski Nowak Wójcik Ionescu Popescu Müller Fernández Rossi Silva Papadopoulos García Lefèvre"),
    female: words("Agnieszka Katarzyna Elena Ioana Sofía Chiara Inês Zoë Marie Magdalena"),
    male: words("Piotr Tomasz Andrei Mihai José Marco João Lukas Dimitris Krzysztof"),
  },
  {
    share: 5,
    family: words("Chen Wong Li Nguyen Tran Santos Reyes Tanaka Kim Cheung"),
    female: words("Mei Li-Wei Hana Linh Maria Jia Soo-Jin Rosa"),
    male: words("Wei Jun Minh Kenji Antonio Hao Daniel Ramon"),
  },
];

/** Streets of a town that is on no map; its postcodes begin with ZZ99, which the Post Office does not use. */
export const streets = words(
  "Tannery_Lane Chapel_Row Foundry_Close Meadow_Rise Station_Road Orchard_Way Mill_Lane Priory_Gardens Canal_Street " +
    "Beech_Avenue Market_Hill Weaver_Court Old_School_Lane Lark_Rise Sluice_Road Cooper's_Yard Quarry_Bank",
).map((street) => street.replaceAll("_", " "));

export const towns = ["Corridor", "Meadowbank", "Upper Tarn", "Saltbridge"] as const;
