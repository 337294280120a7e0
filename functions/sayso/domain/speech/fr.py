"""What the product says in French, in words that need none of the accents GSM-7 lacks."""

from sayso.domain.speech.phrases import Phrases

_ENDS = "Répondez AIDE pour de l'aide, ARRET pour finir."
_RATES = "Des frais de messages et de données peuvent s'appliquer."

FRENCH = Phrases(
    at_store=" à {store}",
    for_store=" de {store}",
    opted_in=(
        f"{{name}}: c'est fait, vous recevez nos offres{{place}}. {{frequency}} {_RATES} {_ENDS}"
    ),
    opt_in_question=(
        f"{{name}}: répondez OUI pour recevoir les offres{{place}} par SMS. {{frequency}} {_RATES} "
        f"{_ENDS}"
    ),
    already_in=f"{{name}}: vous recevez déjà nos offres{{place}}. {_ENDS}",
    moved=f"{{name}}: c'est fait, votre magasin est {{store}}. {_ENDS}",
    opted_out=(
        "{name}: désabonnement confirmé. Plus aucun message ne sera envoyé à ce numéro. "
        "Des questions? {contact}"
    ),
    opted_out_nowhere="Désabonnement confirmé. Plus aucun message ne sera envoyé à ce numéro.",
    held=(
        "{name}: pour l'instant aucune offre ne sera envoyée à ce numéro. Répondez ARRET pour "
        "finir tous les messages. Des questions? {contact}"
    ),
    help_text=(
        f"{{name}}: offres par SMS. Aide: {{contact}} {{frequency}} {_RATES} "
        "Répondez ARRET pour finir."
    ),
    not_understood=(
        "{name}: désolé, nous n'avons pas compris. Envoyez {example} pour les offres, AIDE pour de "
        "l'aide, ARRET pour finir."
    ),
    not_open_yet="Ce numéro n'accepte pas encore d'inscriptions. Réessayez plus tard.",
    which_store="Pour les offres de votre magasin envoyez {choices}.",
    unknown_store="Désolé, nous ne connaissons pas ce magasin.",
    nearest_store=(
        "C'est notre magasin le plus proche de {zip}; pour un autre envoyez CHANGER et son nom."
    ),
    zip_codes={
        "several": "Plusieurs magasins sont près de {zip}.",
        "none near": "Aucun de nos magasins n'est près de {zip}.",
        "unclear": "{zip} ne nous dit pas votre magasin.",
        "no ZIP code": "Désolé, nous ne connaissons pas le code ZIP {zip}.",
    },
    or_=" ou ",
    and_more=" (et d'autres)",
    join="REJOINDRE",
    declined=(
        "{name}: d'accord, pas d'offres. Envoyez {example} si vous changez d'avis, AIDE pour de "
        "l'aide."
    ),
    paused=(
        "{name}: en pause, pas d'offres pendant {days} jours. Envoyez START pour reprendre avant. "
        + _ENDS
    ),
    resumed=f"{{name}}: bon retour{{place}}! {{frequency}} {_RATES} {_ENDS}",
    less="{name}: c'est noté, {pace}. Envoyez DAVANTAGE pour le rythme habituel. " + _ENDS,
    more=(
        "{name}: c'est noté, au rythme habituel. {frequency} Envoyez MOINS pour en recevoir moins. "
        + _ENDS
    ),
    hours="{name}: c'est noté, offres {hours}. Envoyez QUAND TOUJOURS pour annuler cela. " + _ENDS,
    any_hour="{name}: c'est noté, offres à toute heure permise par la loi. " + _ENDS,
    when=(
        "{name}: les offres arrivent {hours}, {pace}. Pour changer, envoyez par exemple "
        "QUAND 10-14 ou QUAND MATIN. " + _ENDS
    ),
    not_subscribed=(
        "{name}: vous ne recevez pas nos offres, rien n'a changé. Envoyez {example} pour les "
        "recevoir, AIDE pour de l'aide."
    ),
    me=(
        "{name} garde de vous: ce numéro, {standing}{place}, {pace}, {hours}, la preuve de votre "
        "accord, les textes de 400 jours. Envoyez OUBLIEZ MOI pour tout effacer, AIDE pour de "
        "l'aide, ARRET pour finir."
    ),
    nothing_held=(
        "{name} garde de vous: ce numéro, {standing}, la preuve de cela et les textes de 400 "
        "jours. Envoyez OUBLIEZ MOI pour tout effacer, AIDE pour de l'aide."
    ),
    forgotten=(
        "{name}: désabonnement confirmé et données effacées. Plus aucun message ne sera envoyé. "
        "Nous gardons seulement votre numéro et la preuve de cela. Des questions? {contact}"
    ),
    forgotten_nowhere=(
        "Désabonnement confirmé et données effacées. Plus aucun message ne sera envoyé. Nous "
        "gardons seulement votre numéro et la preuve de cela."
    ),
    pace_weekly="une offre par semaine au plus",
    pace_monthly="une offre par mois au plus",
    pace_usual="au rythme habituel",
    from_to="de {opens} à {closes}",
    at_any_hour="à toute heure permise par la loi",
    frequency_varies="La fréquence des messages varie.",
    frequency_count="{count} SMS par {period}.",
    frequency_at_most="Jusqu'à {count} SMS par {period}.",
    periods=("jour", "semaine", "mois"),
    standings={
        "unknown": "non inscrit",
        "pending": "pas encore inscrit",
        "subscribed": "inscrit",
        "paused": "en pause",
        "held": "en attente",
        "opted_out": "désabonné",
        "unreachable": "non inscrit",
        "forgotten": "désabonné et effacé",
    },
)
