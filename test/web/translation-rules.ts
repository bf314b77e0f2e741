/**
 * What was agreed about the texts of the eight languages, and can be checked without reading them: the exact answer
 * labels, the letters, and the words that must not stand in a text for respondents. A star stands for more letters.
 * A new language needs nothing here; it is then checked for keys, placeholders and plural forms only.
 */

/**
 * The labels of each scale, the positive end first. One row is the same strength in every language: whoever changes one
 * label changes what is measured. `dont_know` ends every scale but gender.
 */
export const labels: Record<string, Record<string, string>> = {
  sv: {
    ease: 'Mycket lätt · Ganska lätt · Ganska svårt · Mycket svårt',
    understanding:
      'Mycket stor förståelse · Ganska stor förståelse · Ganska liten förståelse · Mycket liten eller ingen förståelse',
    yes_no: 'Ja · Nej',
    influence: 'Mycket · Ganska mycket · Ganska lite · Inte alls',
    change: 'Mycket bättre · Lite bättre · Ingen förändring · Lite sämre · Mycket sämre',
    satisfaction: 'Mycket nöjd · Ganska nöjd · Ganska missnöjd · Mycket missnöjd',
    gender: 'Kvinna · Man · Annat',
    gender_young: 'Tjej · Kille · Annat',
    dont_know: 'Vet inte',
  },
  en: {
    ease: 'Very easy · Fairly easy · Fairly difficult · Very difficult',
    understanding: 'Very much · Quite a lot · Only a little · Very little or none',
    yes_no: 'Yes · No',
    influence: 'Very much · Quite a lot · Only a little · Not at all',
    change: 'A lot better · A little better · No change · A little worse · A lot worse',
    satisfaction: 'Very satisfied · Fairly satisfied · Fairly dissatisfied · Very dissatisfied',
    gender: 'Woman · Man · Other',
    gender_young: 'Girl · Boy · Other',
    dont_know: 'Don’t know',
  },
  es: {
    ease: 'Muy fácil · Bastante fácil · Bastante difícil · Muy difícil',
    understanding: 'Mucha comprensión · Bastante comprensión · Poca comprensión · Muy poca o ninguna comprensión',
    yes_no: 'Sí · No',
    influence: 'Mucho · Bastante · Poco · Nada',
    change: 'Mucho mejor · Un poco mejor · Igual que antes · Un poco peor · Mucho peor',
    satisfaction: 'Mucha satisfacción · Bastante satisfacción · Bastante insatisfacción · Mucha insatisfacción',
    gender: 'Mujer · Hombre · Otra identidad',
    gender_young: 'Chica · Chico · Otra identidad',
    dont_know: 'No sé',
  },
  uk: {
    ease: 'Дуже легко · Досить легко · Досить важко · Дуже важко',
    understanding:
      'Дуже багато розуміння · Досить багато розуміння · Досить мало розуміння · Дуже мало розуміння або жодного',
    yes_no: 'Так · Ні',
    influence: 'Дуже сильно · Досить сильно · Досить мало · Зовсім не вдалося',
    change: 'Набагато краще · Трохи краще · Без змін · Трохи гірше · Набагато гірше',
    satisfaction:
      'Дуже задоволена або задоволений · Досить задоволена або задоволений · ' +
      'Досить незадоволена або незадоволений · Дуже незадоволена або незадоволений',
    gender: 'Жінка · Чоловік · Інше',
    gender_young: 'Дівчина · Хлопець · Інше',
    dont_know: 'Не знаю',
  },
  ar: {
    ease: 'سهل جداً · سهل إلى حد ما · صعب إلى حد ما · صعب جداً',
    understanding: 'كبير جداً · كبير إلى حد ما · قليل إلى حد ما · قليل جداً أو لا يوجد',
    yes_no: 'نعم · لا',
    influence: 'بدرجة كبيرة جداً · بدرجة كبيرة إلى حد ما · بدرجة قليلة إلى حد ما · لم يكن لي أي تأثير',
    change: 'تحسّن كثيراً · تحسّن قليلاً · لم يتغيّر · ساء قليلاً · ساء كثيراً',
    satisfaction: 'رضا كبير · رضا إلى حد ما · استياء إلى حد ما · استياء كبير',
    gender: 'امرأة · رجل · غير ذلك',
    gender_young: 'فتاة · فتى · غير ذلك',
    dont_know: 'لا أعرف',
  },
  so: {
    ease: 'Aad u fudud · Fudud ilaa xad · Adag ilaa xad · Aad u adag',
    understanding: 'Aad u badan · Badan ilaa xad · Yar ilaa xad · Aad u yar ama waxba',
    yes_no: 'Haa · Maya',
    influence: 'Aad u badan · Badan ilaa xad · Yar ilaa xad · Waxba',
    change:
      'Aad bay u soo hagaagtay · In yar bay soo hagaagtay · Isma beddelin · In yar bay ka sii dartay · ' +
      'Aad bay uga sii dartay',
    satisfaction:
      'Aad baan ugu qanacsanahay · Ilaa xad waan ku qanacsanahay · Ilaa xad kuma qanacsani · ' +
      'Gabi ahaanba kuma qanacsani',
    gender: 'Haweeney · Nin · Mid kale',
    gender_young: 'Gabar · Wiil · Mid kale',
    dont_know: 'Ma garanayo',
  },
  fa: {
    ease: 'خیلی آسان · نسبتاً آسان · نسبتاً سخت · خیلی سخت',
    understanding: 'خیلی زیاد · نسبتاً زیاد · نسبتاً کم · خیلی کم یا هیچ',
    yes_no: 'بله · نه',
    influence: 'خیلی زیاد · نسبتاً زیاد · نسبتاً کم · هیچ',
    change: 'خیلی بهتر شده است · کمی بهتر شده است · تغییری نکرده است · کمی بدتر شده است · خیلی بدتر شده است',
    satisfaction: 'خیلی راضی · نسبتاً راضی · نسبتاً ناراضی · خیلی ناراضی',
    gender: 'زن · مرد · گزینهٔ دیگر',
    gender_young: 'دختر · پسر · گزینهٔ دیگر',
    dont_know: 'نمی‌دانم',
  },
  ti: {
    ease: 'ኣዝዩ ቀሊል · ብመጠኑ ቀሊል · ብመጠኑ ከቢድ · ኣዝዩ ከቢድ',
    understanding: 'ኣዝዩ ብዙሕ · ብመጠኑ ብዙሕ · ብመጠኑ ውሑድ · ኣዝዩ ውሑድ ወይ ዋላ ሓንቲ',
    yes_no: 'እወ · ኣይፋል',
    influence: 'ኣዝዩ ብዙሕ · ብመጠኑ ብዙሕ · ብመጠኑ ውሑድ · ዋላ ሓንቲ',
    change: 'ኣዝዩ ተመሓይሹ · ቁሩብ ተመሓይሹ · ኣይተለወጠን · ቁሩብ ገዲዱ · ኣዝዩ ገዲዱ',
    satisfaction: 'ኣዝየ ዓጊበ · ብመጠኑ ዓጊበ · ብመጠኑ ኣይዓገብኩን · ፈጺመ ኣይዓገብኩን',
    gender: 'ጓል ኣንስተይቲ · ወዲ ተባዕታይ · ካልእ',
    gender_young: 'ጓል · ወዲ · ካልእ',
    dont_know: 'ኣይፈልጥን',
  },
}

/** Words that stand as they are in every language. */
export const sharedWords = ['JavaScript', 'WCAG 2.2', 'AA', 'IP', 'QR', 'PDF/UA', 'PDF', 'iPhone', 'iPad']

/**
 * Every letter, digit and mark a language is written with: no look-alike from another script, no ASCII quotation mark,
 * no Ge’ez numeral. Somali has no p, v or z; Ukrainian no ы, э, ё or ъ; Persian ک and ی, never ك or ي.
 */
export const alphabets: Record<string, string> = {
  sv: 'a-zåäöé0-9 .,:?!()…”–\\-\u00ad',
  en: 'a-z0-9 .,:?!()…“”’–\\-',
  es: 'a-záéíóúüñ0-9 .,:¿?¡!()…«»',
  uk: 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя0-9 .,?!()…«»’—:\\-',
  ar: '\u0621-\u063a\u0641-\u0652' + '0-9 .،؟؛!()…«»:\u2066\u2069',
  fa: 'آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیءئأؤ\u064b\u0654\u200c۰-۹ .،؟؛!()…«»:٪\u2066\u2069',
  so: 'a-oq-uwxy0-9 .,:?!()…“”’\\-',
  ti: '\u1200-\u121f\u1228-\u127f\u1288-\u129f\u12a1-\u133f\u1348-\u135a0-9 ።፣?!()…“”:',
}

/** Words that frighten, shame or mislead: slurs, words of investigation and trial, false friends, other registers. */
export const forbidden: Record<string, string[]> = {
  sv: [
    ...['vet ej', 'tablett*', 'läsplatt*', 'missbruk*', 'brukare*', 'klient*', 'socialbidrag*', 'bidragstagare*'],
    ...['flyktingbarn*', 'synpunkt*', 'insats*', 'bistånd*', 'ärende*', 'hen', 'han eller hon', 'ni', 'er', 'era'],
    ...['besvara*', 'nå', 'handläggare*', 'utredning*', 'klagomål på'],
  ],
  en: [
    ...['social secretar*', 'handlers?', 'administrators?', '(?<!data protection )officers?', 'welfare', 'benefits?'],
    ...['claimants?', 'clients?', 'cases?', 'abuse*', 'misuse*', 'addict*', 'clean', 'economic', 'aid', 'good man'],
    ...[
      'get hold of',
      'have a say',
      'fill (?:out|in)',
      'can.t',
      'hard',
      'quite easy',
      'rather',
      'eventual*',
      'actual*',
    ],
  ],
  es: [
    ...[
      'vosotros',
      'vos',
      'os',
      'bienvenid*',
      'usuarios?',
      'móvil*',
      'celular*',
      'comuna*',
      'ordenador*',
      'computador*',
    ],
    ...['qué tan', 'cómo de', 'cog[eo]*', 'adict*', 'drogadict*', 'toxicóman*', 'subsidio*', 'beneficencia'],
    ...['asistencialismo', 'protección de menores', 'menas?', 'secretari*', 'discuti*', 'asistir', 'actual*'],
    ...['eventual*', 'tabletas?', 'tutor*', 'afecta*', 'justamente', 'alcanzar', 'espalda', 'vistas', 'más bien'],
    ...['poco satisf*', 'nada satisf*', 'investigación', 'examen'],
  ],
  uk: [
    ...[
      'робітни*',
      'секретар*',
      'кейс*',
      'опікун*',
      'опік[аиу]',
      'опіку*',
      'соціальні послуги',
      'соцзахист*',
      'собес*',
    ],
    ...['комун[аиіу]', 'анкет*', 'таблетк*', 'наркоман*', 'алкоголі*', 'зловжива*', 'неблагополучн*', 'неповнолітн*'],
    ...['ювенальн*', 'вилуч*', 'прийма\\p{L}+ участь', 'відноси*', 'зада\\p{L}+ (?:питання|запитання)', 'питан*'],
    ...['по телефону', 'люби[йх]', 'слідуюч*', 'погляд*', 'скоріше', 'доволі', 'справедлив*', 'тверд*', 'досягти'],
    ...['не дуже задоволен*', 'зовсім не задоволен*', 'спина', 'розслідуван*', 'іспит*'],
  ],
  ar: [
    ...['(?:ال)?سوسيال', '(?:ال)?سكرتير*', 'الحالة الاجتماعية', 'حالتك', 'مدمن*', 'متعاط*', 'سك[ّ]?ير*', 'آفة', 'حرام'],
    ...['توبة', '(?:ال)?صدقة', '(?:ال)?زكاة', '(?:ال)?معونة', 'إحسان', 'محتاج*', 'قاصر*', '(?:ال)?تحقيق', 'استجواب*'],
    ...['مجهول*', 'تطوع*', 'حضانة', '(?:ال)?كود', 'رعاية الطفل', 'الإجابة على', 'للغاية', 'نوعاً ما', 'بعض الشيء'],
    ...['عزيزي*', 'راضٍ?', 'راضية', 'متأكد*', 'اختر', 'اختاري', 'اضغط*', 'اكتب*', 'أرسل', 'أجب', 'تريد*', 'تحصل*'],
    ...['تجيب*', '(?:ال)?فحص', '(?:ال)?امتحان'],
  ],
  so: [
    ...['*xidh*', 'gabadh*', '*gudh', 'baaritaan*', 'imtixaan*', 'cayr*', 'sadaqo*', 'tuugsi*', 'gargaar*', 'balwad*'],
    ...['sakhraan*', 'daroogiiste*', 'xaaraan*', 'xoghay*', 'qarsoodi*', 'naag*', 'kaligiis', 'kaligeed', 'keligiis'],
    ...['keligeed', 'social-ka', 'soosiyaal*', 'garawsho*', 'waxoogaa', 'xoogaa', 'dhexdhexaad', 'aad uma qanacsani'],
  ],
  fa: [
    ...['بهزیستی', 'کمیتهٔ امداد', 'منشی*', 'معتاد*', 'عملی', 'چرسی', 'پودری', 'مشروب‌خوار*', 'صدقه', 'گدایی', 'خیریه'],
    ...['مددجو*', 'ولی', 'قیم', 'حضانت', 'بازجویی*', 'تحقیق*', 'تفتیش*', 'تا حدودی', 'تا حدی', 'تقریباً', 'کاملاً'],
    ...['غیره', 'بلی', 'نی', 'تو', 'پرسش', 'پرسش‌ها', 'پاسخ*', 'پیامک*', 'شاروالی', 'معلومات', 'مسج', 'اگه', 'می‌خواین'],
    ...['آقا*', 'خانم*', 'امتحان', 'آقای', 'شهرداری'],
  ],
  ti: [
    ...['መርመራ*', 'ፈተና*', 'ጸሓፊ*', 'ሰክረታሪ*', 'ውሉፍ*', 'ሰኽራም*', 'ሓሺሸኛ*', 'ልመና*', 'ምጽዋት*', 'ሓጢኣት*', 'ምርድዳእ*'],
    ...['ድንጋጸ*', 'ሰበይቲ', 'ሰብኣይ', 'ቁጠባ*', 'ዳርጋ', 'ብጣዕሚ', 'ማእከላይ', 'ንስኻ*', 'ንስኺ*', 'ዕጉብ*', 'ዕግብቲ*', 'ኣዝየ ኣይዓገብኩን'],
  ],
}

/** Words that tell somebody who looks at the screen why a person has to do with social services. */
export const revealing: Record<string, string[]> = {
  sv: ['beroende*', 'alkohol*', 'drog*', 'spel*', 'försörjningsstöd*', 'ekonomisk*', 'barnavård*', 'ensamkommande*'],
  en: ['addict*', 'alcohol*', 'drugs?', 'gambl*', 'financial', 'money', 'child welfare', 'unaccompanied'],
  es: ['adicci*', 'alcohol*', 'drogas?', 'juegos?', 'económic*', 'dinero', 'no acompañad*'],
  uk: ['залежн*', 'алкогол*', 'наркот*', 'азартн*', 'фінанс*', 'грош*', 'супроводу'],
  ar: ['(?:ال)?إدمان', '(?:ال)?كحول', '(?:ال)?مخدرات', '(?:ال)?قمار', '(?:ال)?مالية', '(?:ال)?مصحوبين'],
  so: ['khamri*', 'daroog*', 'khamaar*', 'dhaqaal*', 'lacag*', 'waalid la’aan'],
  fa: ['الکل', 'مواد مخدر', 'قمار', 'اعتیاد', 'مالی', 'پول', 'بدون والدین'],
  ti: ['*ወልፊ*', '*ኣልኮል*', '*ገንዘብ*', '*ሓሺሽ*', 'ብዘይ ወለዲ'],
}

/** How each language says that nobody can see an answer: without its negation the promise says the opposite. */
export const promises: Record<string, RegExp> = {
  sv: /^Ingen kan se vad just du har svarat\b/,
  en: /^Nobody can see what you have answered\./,
  es: /^Nadie puede ver lo que (?:usted ha|tú has) respondido[,.]/,
  uk: /^Ніхто не може побачити, (?:що відповіли саме ви|які відповіді саме твої)\./,
  ar: /^لا أحد يمكنه رؤية إجاباتك أنت/,
  so: /^Qofna ma arki karo/,
  fa: /^هیچ‌کس نمی‌تواند ببیند/,
  ti: /^ዋላ ሓደ ሰብ ንስኹም እንታይ ከም ዝመለስኩም ክርኢ ኣይክእልን እዩ/,
}

/**
 * How each language asks two questions of a series that goes back to 2016: how the situation has changed since the contact began, and
 * how satisfied or dissatisfied somebody is. Another construction would measure something else.
 */
export const constructions: Record<string, { situation: RegExp; overall: RegExp }> = {
  sv: { situation: /förändrats .*sedan/, overall: /^Hur nöjd eller missnöjd är du/ },
  en: { situation: /changed .*since/, overall: /^How satisfied or dissatisfied are you/ },
  es: { situation: /cambiado .*desde/, overall: /^¿Qué grado de satisfacción o insatisfacción/ },
  uk: { situation: /змінил.*відтоді/, overall: /задоволені чи незадоволені|задовольняє чи не задовольняє/ },
  ar: { situation: /تغيّر .*منذ/, overall: /رضاك أو عدم رضاك/ },
  so: { situation: /isu beddeshay tan iyo markii/, overall: /ku qanacsan tahay ama aadan ku qanacsanayn/ },
  fa: { situation: /^از .*چه تغییری کرده است؟$/, overall: /راضی یا ناراضی/ },
  ti: { situation: /ካብ .*ከመይ ተለዊጡ/, overall: /ዓጊብኩም ወይ ኣይዓገብኩምን/ },
}

/** The caseworker in each translation, whose Swedish name people know from their letters. */
export const caseworkers: Record<string, string> = {
  en: 'caseworker',
  es: 'asistente social',
  uk: 'соціальн\\p{L}+ працівни',
  ar: 'موظف الخدمات',
  so: 'shaqaalaha',
  fa: 'مددکار اجتماعی',
  ti: 'ሰራሕተኛ ማሕበራዊ',
}
