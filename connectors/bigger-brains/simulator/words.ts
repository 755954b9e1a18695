/** Invented course titles; a few are awkward on purpose. */
export const courseTitles: readonly (readonly [title: string, category: string])[] = [
  ['Spotting phishing', 'Security'],
  ['Strong passwords, and where to keep them', 'Security'],
  ['Second factors explained', 'Security'],
  ['Working safely from home', 'Security'],
  ['Spreadsheets: the first steps', 'Office'],
  ['Spreadsheets: tables; filters & "pivot" views', 'Office'],
  ['Presentations that hold', 'Office'],
  ['E-mail without drowning', 'Office'],
  ['Notes and lists for teams', 'Office'],
  ['Meetings online', 'Collaboration'],
  ['Files shared, not lost', 'Collaboration'],
  ['Chat etiquette — a short guide', 'Collaboration'],
  ['Données personnelles : l’essentiel', 'Compliance'],
  ['Datenschutz für Einsteiger', 'Compliance'],
  ['Workplace safety', 'Compliance'],
  ['Time management', 'Skills'],
  ['Giving feedback', 'Skills'],
  ['Writing so that people read it', 'Skills'],
];

export const roles: readonly string[] = ['User', 'User', 'User', 'User', 'Team Assistant', 'Team Leader'];
