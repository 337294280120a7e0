"""What the opt-in page says beside the call to action, in each language that it is offered in."""

from collections.abc import Mapping

# How each language calls itself, for the switch.
NAMES: Mapping[str, str] = {"en": "English", "es": "Español", "fr": "Français"}

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "lead": "Three steps, and you can stop at any time with one word.",
        "step_1": "Type your mobile number into the form.",
        "step_2": "We text you one question:",
        "step_3": "Reply YES from that phone. Until you do, nothing else comes.",
        "form": "Your number",
        "phone": "Mobile number",
        "phone_hint": "For example (312) 555-0199",
        "store": "Your store",
        "choose": "Choose a store",
        "button": "Text me the question",
        "phone_way": "Or from your phone: text {words} to {number}.",
        "switch": "Language",
        "trap": "Leave this empty",
        "wrong": "Please look at this again:",
        "missing_phone": "Enter your mobile number.",
        "unreadable": "That does not look like a telephone number. Check its digits.",
        "elsewhere": "We cannot text numbers of that country or area.",
        "not_mobile": "That number cannot get texts. Enter a mobile number.",
        "missing_store": "Choose the store whose offers you want.",
        "missing_consent": "Tick the box to say that you agree. Without it we may not text you.",
        "stale": "This page was open for long, or its terms have changed. Please read it again, "
        "then press the button once more.",
        "later": "We could not send the text just now. Please press the button again in a minute.",
        "done": "Look at your phone",
        "done_lead": "If {phone} can join from this page, a text from {number} is on its way to "
        "it. Reply YES to it and you are in.",
        "done_else": "Nothing there after a few minutes? Text {words} to {number} from that "
        "phone. A number that is in already, or that has told us STOP, gets no text from here.",
        "text_now": "Text {words} to {number}",
        "limited": "That is enough for now",
        "limited_lead": "This page has been used too often in a short time, so it sends no texts "
        "for a while. You need not wait:",
        "unknown": "There is no such page",
        "unknown_lead": "The address may have been mistyped. Look at the sign or link again, or "
        "ask at the store.",
        "closed": "Not open yet",
        "closed_lead": "This text message program takes no sign-ups yet. Please come back later.",
        "busy": "Too much at once",
        "busy_lead": "We could not take that just now. Please go back and try again in a minute.",
        "contact": "Questions? {help}",
    },
    "es": {
        "lead": "Tres pasos, y puede terminar cuando quiera con una sola palabra.",
        "step_1": "Escriba su número de celular en el formulario.",
        "step_2": "Le enviamos por texto una pregunta:",
        "step_3": "Responda YES o SÍ desde ese teléfono. Hasta entonces no recibirá nada más.",
        "form": "Su número",
        "phone": "Número de celular",
        "phone_hint": "Por ejemplo (312) 555-0199",
        "store": "Su tienda",
        "choose": "Elija una tienda",
        "button": "Envíenme la pregunta",
        "phone_way": "O desde su teléfono: envíe {words} al {number}.",
        "switch": "Idioma",
        "trap": "Deje esto vacío",
        "wrong": "Por favor, revise esto:",
        "missing_phone": "Escriba su número de celular.",
        "unreadable": "Eso no parece un número de teléfono. Revise las cifras.",
        "elsewhere": "No podemos enviar textos a números de ese país o zona.",
        "not_mobile": "Ese número no puede recibir textos. Escriba un número de celular.",
        "missing_store": "Elija la tienda cuyas ofertas quiere recibir.",
        "missing_consent": "Marque la casilla si está de acuerdo. Sin eso no podemos escribirle.",
        "stale": "Esta página estuvo abierta mucho tiempo, o sus términos cambiaron. Léala de "
        "nuevo y pulse el botón otra vez.",
        "later": "No pudimos enviar el texto ahora. Pulse el botón otra vez en un minuto.",
        "done": "Mire su teléfono",
        "done_lead": "Si {phone} puede inscribirse desde esta página, un texto del {number} ya va "
        "en camino. Responda YES o SÍ y quedará inscrito.",
        "done_else": "¿No llegó nada en unos minutos? Envíe {words} al {number} desde ese "
        "teléfono. Un número ya inscrito, o que nos dijo ALTO o STOP, no recibe textos desde aquí.",
        "text_now": "Enviar {words} al {number}",
        "limited": "Es suficiente por ahora",
        "limited_lead": "Esta página se ha usado demasiado en poco tiempo, así que no enviará "
        "textos por un rato. No hace falta esperar:",
        "unknown": "Esta página no existe",
        "unknown_lead": "Puede que la dirección tenga un error. Mire otra vez el cartel o el "
        "enlace, o pregunte en la tienda.",
        "closed": "Todavía no está abierto",
        "closed_lead": "Este programa de mensajes aún no acepta inscripciones. Vuelva más tarde.",
        "busy": "Demasiado a la vez",
        "busy_lead": "No pudimos recibirlo ahora. Vuelva atrás e inténtelo en un minuto.",
        "contact": "¿Preguntas? {help}",
    },
    "fr": {
        "lead": "Trois étapes, et un seul mot suffit pour arrêter à tout moment.",
        "step_1": "Entrez votre numéro de mobile dans le formulaire.",
        "step_2": "Nous vous envoyons une question par texto :",
        "step_3": "Répondez YES ou OUI depuis ce téléphone. D’ici là, rien d’autre n’arrive.",
        "form": "Votre numéro",
        "phone": "Numéro de mobile",
        "phone_hint": "Par exemple (312) 555-0199",
        "store": "Votre magasin",
        "choose": "Choisissez un magasin",
        "button": "Envoyez-moi la question",
        "phone_way": "Ou depuis votre téléphone : envoyez {words} au {number}.",
        "switch": "Langue",
        "trap": "Laissez ce champ vide",
        "wrong": "Merci de revoir ceci :",
        "missing_phone": "Entrez votre numéro de mobile.",
        "unreadable": "Cela ne ressemble pas à un numéro de téléphone. Vérifiez les chiffres.",
        "elsewhere": "Nous ne pouvons pas écrire aux numéros de ce pays ou de cette zone.",
        "not_mobile": "Ce numéro ne peut pas recevoir de textos. Entrez un numéro de mobile.",
        "missing_store": "Choisissez le magasin dont vous voulez les offres.",
        "missing_consent": "Cochez la case si vous êtes d’accord. Sans cela, nous ne pouvons pas "
        "vous écrire.",
        "stale": "Cette page est restée longtemps ouverte, ou ses conditions ont changé. "
        "Relisez-la, puis appuyez encore une fois.",
        "later": "Le texto n’a pas pu partir. Appuyez à nouveau dans une minute.",
        "done": "Regardez votre téléphone",
        "done_lead": "Si {phone} peut s’inscrire depuis cette page, un texto du {number} est en "
        "route. Répondez YES ou OUI et c’est fait.",
        "done_else": "Rien après quelques minutes ? Envoyez {words} au {number} depuis ce "
        "téléphone. Un numéro déjà inscrit, ou qui nous a dit ARRET ou STOP, ne reçoit rien d’ici.",
        "text_now": "Envoyer {words} au {number}",
        "limited": "C’est assez pour l’instant",
        "limited_lead": "Cette page a trop servi en peu de temps : elle n’envoie plus de textos "
        "pour un moment. Inutile d’attendre :",
        "unknown": "Cette page n’existe pas",
        "unknown_lead": "L’adresse contient peut-être une erreur. Regardez à nouveau l’affiche ou "
        "le lien, ou demandez au magasin.",
        "closed": "Pas encore ouvert",
        "closed_lead": "Ce programme de textos n’est pas encore ouvert. Revenez bientôt.",
        "busy": "Trop à la fois",
        "busy_lead": "Nous n’avons pas pu le prendre. Revenez en arrière et réessayez bientôt.",
        "contact": "Des questions ? {help}",
    },
}
