/** What the made-up people talk about. `{city}` and `{technology}` are filled in with the boards of a thread. */
export interface Vocabulary {
  who: readonly string[]
  did: readonly string[]
  what: readonly string[]
  when: readonly string[]
  remarks: readonly string[]
  questions: readonly string[]
  greetings: readonly string[]
  titles: readonly string[]
  headings: readonly string[]
  sources: readonly string[]
  providers: readonly string[]
  tasks: readonly string[]
  quotes: readonly string[]
}

export const FRENCH: Vocabulary = {
  who: [
    ...[
      'La mairie',
      'Le conseil municipal',
      'La préfecture',
      'La métropole',
      'L’adjointe à la sécurité',
      'Le prestataire',
    ],
    ...['La CNIL', 'La CADA', 'Le tribunal administratif', 'La chambre régionale des comptes', 'Le journal local'],
    ...[
      'Une association de riverains',
      'La police municipale',
      'Le centre de supervision',
      'L’office HLM',
      'La région',
    ],
    ...[
      'Le syndicat des transports',
      'Une agente de la ville',
      'L’opposition',
      'Le délégué à la protection des données',
    ],
  ],
  did: [
    ...['a voté', 'a publié', 'a retiré', 'a annoncé', 'refuse de communiquer', 'a fini par transmettre', 'conteste'],
    ...[
      'a renouvelé sans débat',
      'a caviardé',
      'a mis en ligne',
      'a suspendu',
      'a fait évaluer',
      'a discrètement modifié',
    ],
    ...['promet depuis un an', 'a commandé', 'présente comme une expérimentation', 'a oublié de déclarer', 'a audité'],
  ],
  what: [
    ...[
      'le marché public des caméras',
      'l’analyse d’impact',
      'la convention avec le prestataire',
      'la carte des caméras',
    ],
    ...[
      'le cahier des clauses techniques',
      'le bilan annuel',
      'les statistiques de verbalisation',
      'le devis',
      'l’arrêté',
    ],
    ...[
      'la délibération du printemps',
      'le registre des traitements',
      'les images de la place',
      'le contrat de maintenance',
    ],
    ...['le rapport d’activité', 'l’autorisation préfectorale', 'la liste des destinataires', 'le plan d’implantation'],
    ...['les conditions de conservation des données', 'un logiciel d’analyse d’images', 'le réseau de capteurs'],
  ],
  when: [
    ...['hier soir', 'la semaine dernière', 'au printemps', 'juste avant les élections', 'il y a deux ans', 'ce matin'],
    ...['après trois relances', 'sans prévenir personne', 'lors de la dernière séance', 'malgré l’avis défavorable'],
    ...['à la suite d’un recours', 'pendant l’été', 'au moment du budget', 'à huis clos', 'depuis le mois de mars'],
  ],
  remarks: [
    ...[
      'Ce n’est écrit nulle part.',
      'Cela mérite une demande d’accès aux documents.',
      'La facture, elle, est publique.',
    ],
    ...['Personne n’a pu dire combien de temps les images sont gardées.', 'Le panneau d’information manque toujours.'],
    ...['On retrouve exactement le même texte dans une autre ville.', 'Le prix a doublé entre les deux versions.'],
    ...['La différence entre « test » et « déploiement » n’est pas claire.', 'Il faudrait comparer avec l’an dernier.'],
    ...['C’est la troisième fois que la réponse est repoussée.', 'Le document est scanné de travers, mais lisible.'],
    ...[
      'J’ai relu deux fois : rien sur le personnel qui regarde les écrans.',
      'À vérifier auprès de quelqu’un du métier.',
    ],
    ...['Le mot « intelligent » revient quarante fois.', 'Aucune étude ne montre d’effet sur les délits.'],
    ...['Merci à celles et ceux qui ont photographié les poteaux.', 'Je mets mes notes ici pour ne pas les perdre.'],
  ],
  questions: [
    ...['Qui a la version complète ?', 'Est-ce que quelqu’un a déjà saisi la CADA ?', 'Où trouver l’annexe 3 ?'],
    ...['Qui vient à la réunion de quartier ?', 'Comment lire ce tableau ?', 'Quel est le délai de recours ?'],
    ...[
      'Peut-on demander l’analyse d’impact ?',
      'Quelqu’un connaît-il un avocat près d’ici ?',
      'Et dans votre ville ?',
    ],
    ...['Qui peut relire avant envoi ?', 'Combien de caméras comptez-vous dans votre rue ?', 'Est-ce vraiment légal ?'],
  ],
  greetings: [
    'Bonjour à toutes et tous,',
    'Bonjour,',
    'Salut,',
    'Merci pour ce fil.',
    'Suite du message précédent.',
    'Bonsoir,',
  ],
  titles: [
    ...[
      '{city} : où en est {technology} ?',
      '{technology} à {city} : le marché est signé',
      'Réunion publique à {city}',
    ],
    ...[
      'Demande CADA à {city} : modèle et réponses',
      '{technology} : ce que dit le contrat de {city}',
      'La carte de {city}',
    ],
    ...['{city} : combien cela coûte, {technology} ?', 'Témoignage : {technology} dans mon quartier de {city}'],
    ...[
      '{technology}, mode d’emploi pour débutants',
      'Recours contre {technology} à {city}',
      'Revue de presse, {city}',
    ],
    ...['{city} : le panneau a disparu', 'Qui fournit {technology} à {city} ?', 'Lire une analyse d’impact, pas à pas'],
    ...[
      '{technology} : {city} recule',
      'Compter les poteaux à {city}',
      'Le budget de {city} épluché',
      'Lettre aux élus de {city}',
    ],
  ],
  headings: [
    'Ce que l’on sait',
    'Ce qui manque',
    'Chronologie',
    'Documents',
    'À faire',
    'Réponse reçue',
    'Points à vérifier',
  ],
  sources: [
    'Main courante',
    'Caméras de rue',
    'Capteurs de bruit',
    'Lecture de plaques',
    'Réseaux sociaux',
    'Hôpitaux',
    'Transports',
  ],
  providers: ['la ville', 'un prestataire', 'la région', 'inconnu', 'la métropole', 'un consortium'],
  tasks: [
    'relire le chapitre 3',
    'écrire à la mairie',
    'photographier la place',
    'comparer les deux devis',
    'relancer la CADA',
  ],
  quotes: [
    ...['Le système permettra d’anticiper les troubles à l’ordre public.', 'Aucune donnée personnelle n’est traitée.'],
    ...['Il s’agit d’une simple expérimentation, limitée dans le temps.', 'Ces documents ne sont pas communicables.'],
  ],
}

export const ENGLISH: Vocabulary = {
  who: [
    ...[
      'The town hall',
      'The city council',
      'The prefecture',
      'The supplier',
      'The data protection authority',
      'A local paper',
    ],
    ...[
      'The administrative court',
      'A residents’ association',
      'The control room',
      'The transport authority',
      'The audit office',
    ],
  ],
  did: [
    ...[
      'has published',
      'has withdrawn',
      'voted for',
      'will not hand over',
      'has finally sent',
      'renewed without a debate',
    ],
    ...['has blacked out', 'has put online', 'suspended', 'quietly changed', 'calls a trial', 'forgot to declare'],
  ],
  what: [
    ...[
      'the camera contract',
      'the impact assessment',
      'the map of cameras',
      'the yearly report',
      'the invoice',
      'the order',
    ],
    ...[
      'the list of recipients',
      'the minutes of the meeting',
      'the maintenance contract',
      'the register of processing',
    ],
  ],
  when: [
    'last night',
    'last week',
    'in spring',
    'just before the election',
    'two years ago',
    'after three reminders',
    'in June',
  ],
  remarks: [
    ...[
      'It is written nowhere.',
      'The invoice, at least, is public.',
      'The sign is still missing.',
      'The price has doubled.',
    ],
    ...[
      'The very same text turns up in another town.',
      'Nobody could say how long the images are kept.',
      'Worth a request.',
    ],
  ],
  questions: [
    'Who has the full version?',
    'Has anybody been to court over this?',
    'What is it like where you live?',
    'Is this even legal?',
  ],
  greetings: ['Hello everybody,', 'Hi,', 'Thanks for this thread.', 'Following up on the last post.'],
  titles: [
    ...[
      '{city}: what became of {technology}?',
      '{technology} in {city}: the contract is signed',
      'Public meeting in {city}',
    ],
    ...['Who supplies {technology} to {city}?', '{technology} for beginners', 'Counting the poles in {city}'],
  ],
  headings: ['What is known', 'What is missing', 'Timeline', 'Documents', 'To do', 'Answer received'],
  sources: [
    'Police log',
    'Street cameras',
    'Noise sensors',
    'Plate readers',
    'Social networks',
    'Hospitals',
    'Transport',
  ],
  providers: ['the city', 'a contractor', 'the region', 'unknown', 'a consortium'],
  tasks: ['read chapter 3', 'write to the council', 'photograph the square', 'compare both quotes'],
  quotes: [
    'The system will help to anticipate disturbances.',
    'No personal data is processed.',
    'This is merely a trial.',
  ],
}

/** Names are made of one of each; people are called neither after what they do nor after where they live. */
export const FIRST_WORDS: readonly string[] = [
  ...[
    'corneille',
    'merle',
    'renarde',
    'hérisson',
    'loutre',
    'chouette',
    'pinson',
    'belette',
    'martre',
    'libellule',
    'grillon',
  ],
  ...[
    'lucane',
    'tortue',
    'salamandre',
    'héron',
    'grue',
    'mésange',
    'bouvreuil',
    'cigale',
    'fouine',
    'marmotte',
    'chamois',
  ],
  ...[
    'sardine',
    'goéland',
    'cormoran',
    'murène',
    'oursin',
    'étoile',
    'comète',
    'rivière',
    'garrigue',
    'calanque',
    'mistral',
  ],
  ...[
    'tilleul',
    'platane',
    'figuier',
    'mimosa',
    'lavande',
    'romarin',
    'coquelicot',
    'bleuet',
    'fougère',
    'mousse',
    'lichen',
  ],
]
export const LAST_WORDS: readonly string[] = [
  ...[
    'discrète',
    'patient',
    'matinal',
    'du_port',
    'des_toits',
    'attentive',
    'curieux',
    'sans_hâte',
    'du_matin',
    'nocturne',
  ],
  ...[
    'rieuse',
    'obstiné',
    'du_nord',
    'du_sud',
    'tranquille',
    'bavarde',
    'lointain',
    'en_papier',
    'de_laine',
    'd_avril',
  ],
  ...[
    'sérieux',
    'volante',
    'des_bois',
    'du_quai',
    'solitaire',
    'agile',
    'doux',
    'espiègle',
    'vif',
    'songeuse',
    'de_mai',
  ],
]
