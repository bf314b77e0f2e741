/** What stands over a column of addresses. */
export const addressHeadings = {
  address: ['e-post', 'e-postadress', 'email', 'e-mail', 'mejl', 'mejladress', 'mail', 'mailadress'],
}

/** What else stands over columns of such a list. */
export const besideThem = [
  'namn',
  'förnamn',
  'efternamn',
  'name',
  'first name',
  'last name',
  'telefon',
  'mobil',
  'phone',
]
