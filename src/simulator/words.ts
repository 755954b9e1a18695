/** The vocabulary of the invented world. All of it is made up; domains end in `.example`. */

/** The service provider whose technicians work on the tickets. */
export const provider = { name: 'Acme IT', domain: 'acme.example' } as const;

/** Names that break careless code; each is used once, among the first companies. */
export const unusualCompanies: readonly (readonly [name: string, domain: string])[] = [
  ['Café Zoë & Söhne GmbH', 'cafe-zoe.example'],
  ["O'Hara & Daughters", 'ohara.example'],
  ['東京サンプル商事株式会社', 'tokyo-sample.example'],
  ['Rocket Bakery 🚀', 'rocketbakery.example'],
  ['Łódź Logistyka Sp. z o.o.', 'lodz-logistyka.example'],
  ['Smith, Jones "SJ" Partners; Ltd', 'sjpartners.example'],
  ['한빛 디자인', 'hanbit.example'],
  [
    'The Very Long Established Family Company for Agricultural Machinery, Spare Parts and Seasonal Repairs of the Lower Valley',
    'lowervalley.example',
  ],
];

export const companyFirst: readonly string[] =
  'Northwind|Old Mill|Harbour|Larch|Quarry|Bluebell|Copper|Kestrel|Silverdale|Juniper|Riverside|Granite|Elm Street|Foxglove|Beacon|Tamarind|Lantern|Maple|Windmill|Cedar|Orchard|Sable|Meridian|Hollow Oak|Amber|Pinecrest|Saltmarsh|Thistle|Coral|Highfield|Marlow|Ironbridge|Clover|Raven|Sundial|Willow|Cobalt|Heather|Stonegate|Larkspur|Driftwood'.split(
    '|',
  );

export const companySecond: readonly string[] =
  'Dental|Foods|Legal|Motors|Architects|Veterinary Care|Freight|Print|Accounting|Hotels|Textiles|Pharmacy|Surveyors|Joinery|Academy|Clinic|Travel|Ceramics|Insurance|Plumbing|Optics|Brewing|Robotics|Estates|Catering|Media|Glazing|Nurseries|Security|Fitness'.split(
    '|',
  );

export const firstNames: readonly string[] =
  'Ada|Björn|Chidi|Dana|Elif|Farah|Grace|Hugo|Ines|Jonas|Kavya|Liam|Maïa|Nils|Olga|Priya|Quentin|Rosa|Sam|Tariq|Uma|Viktor|Wanda|Xin|Yusuf|Zoë|Amara|Bruno|Clara|Dmitri|Esther|Felix|Gita|Hana|Ivan|Joy|Kofi|Lena|Mateo|Nadia|Oskar|Paula|Rafael|Siobhán|Tomás|Ursula|Vera|Walter|美咲|Zuzana|Abel|Bea|Carl|Dora|Emil|Fern|Gus|Hope|Ida|Jack'.split(
    '|',
  );

export const lastNames: readonly string[] =
  "Quill|Field|O'Neill|Lindqvist|Okafor|Marsh|Demir|Haddad|Larsen|Petit|Costa|Weber|Iyer|Byrne|Dubois|Nyström|Ivanova|Rao|Moreau|Vargas|Stone|Aziz|Patel|Novák|Kowalska|Chen|Yılmaz|van der Berg|Mensah|Silva|Brandt|Popov|Levi|Müller|Shah|Tanaka|Horvat|Boateng|Fischer|Ruiz|Karimi|Holm|Santos|Ó Súilleabháin|Navarro|Klein|Romano|Wood|山田|Svoboda|Abbott|Barlow|Crane|Dunn|Ellis|Frost|Gale|Hale|Irwin|Judd|Kerr|Lamb|Moss|Nash|Orr|Pike|Quirk|Reed|Shaw|Tate|Upton|Vane|Webb|York|Zeller|Ash|Birch|Cole|Drew|Eaves".split(
    '|',
  );

export const personTitles: readonly string[] = [
  'Office Manager',
  'Receptionist',
  'Managing Director',
  'Bookkeeper',
  'Sales Lead',
  'Engineer',
  'Practice Nurse',
  'Warehouse Supervisor',
  'Designer',
  'Operations Manager',
];

export const technicianTitles: readonly string[] = [
  'Service Desk Analyst',
  'Systems Engineer',
  'Field Engineer',
  'Network Engineer',
  'Service Manager',
];

export interface City {
  readonly city: string;
  readonly region: string;
  readonly postcode: string;
  readonly country: string;
  readonly countryCode: string;
  readonly dial: string;
}

const place = (line: string): City => {
  const [city = '', region = '', postcode = '', country = '', countryCode = '', dial = ''] = line.split('|');
  return { city, region, postcode, country, countryCode, dial };
};

export const cities: readonly City[] = [
  'Leeds|West Yorkshire|LS1 1AA|United Kingdom|GB|+44 113 496 0',
  'Bristol|Avon|BS1 4ZZ|United Kingdom|GB|+44 117 496 0',
  'London|Greater London|EC1A 1BB|United Kingdom|GB|+44 20 7946 0',
  'Portland|Oregon|97201|United States|US|+1 503 555 0',
  'Austin|Texas|73301|United States|US|+1 512 555 0',
  'Québec|Québec|G1A 1A1|Canada|CA|+1 418 555 0',
  'München|Bayern|80331|Germany|DE|+49 89 555 0',
  'Málaga|Andalucía|29001|Spain|ES|+34 952 555 0',
  'Malmö|Skåne|211 10|Sweden|SE|+46 40 555 0',
  'Brisbane|Queensland|4000|Australia|AU|+61 7 5550 0',
].map(place);

export const streets: readonly string[] = [
  'High Street',
  'Station Road',
  'Mill Lane',
  'Church Walk',
  'Victoria Avenue',
  'Dockside',
  'Market Square',
  'Park View',
];

export interface Topic {
  readonly category: string;
  readonly subcategory: string;
  readonly titles: readonly string[];
}

export const topics: readonly Topic[] = [
  {
    category: 'Hardware',
    subcategory: 'Printer',
    titles: ['Printer offline', 'Paper jam in the label printer', 'Scan to e-mail fails'],
  },
  {
    category: 'Hardware',
    subcategory: 'Laptop',
    titles: ['Laptop does not wake from sleep', 'Replace cracked screen', 'Battery drains within an hour'],
  },
  {
    category: 'Network',
    subcategory: 'Wi-Fi',
    titles: ['Wi-Fi drops in the meeting room', 'Guest network has no internet', 'Slow network on the first floor'],
  },
  {
    category: 'Network',
    subcategory: 'VPN',
    titles: ['VPN disconnects every hour', 'Cannot reach the file share from home'],
  },
  {
    category: 'Software',
    subcategory: 'Office',
    titles: ['Spreadsheet opens read-only', 'Calendar shows the wrong time zone', 'Add-in disabled after update'],
  },
  {
    category: 'Software',
    subcategory: 'Accounting',
    titles: ['Accounting client cannot find its database', 'Month-end report is blank'],
  },
  {
    category: 'Access',
    subcategory: 'Password',
    titles: ['Password reset', 'Account locked out', 'Second factor on a new phone'],
  },
  {
    category: 'Access',
    subcategory: 'Starter or leaver',
    titles: ['New starter on Monday', 'Leaver: close the account', 'Change of department'],
  },
  {
    category: 'Security',
    subcategory: 'E-mail',
    titles: ['Suspicious message reported', 'Genuine mail lands in quarantine'],
  },
  {
    category: 'Server',
    subcategory: 'Backup',
    titles: ['Nightly backup failed', 'Restore one folder', 'Disk almost full on the file server'],
  },
];

export const noteTexts: readonly string[] = [
  'Called the site, nobody answered. Will try again after lunch.',
  'Checked remotely: service restarted, watching it until tomorrow.',
  'Asked for the serial number and a photo of the label.',
  'Part ordered, expected in two working days.',
  'Confirmed with the user that it works again.',
  'Escalated to the network team with the log attached.',
];
