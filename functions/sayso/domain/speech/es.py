"""What the product says in Spanish, in words that need none of the accents GSM-7 lacks."""

from sayso.domain.speech.phrases import Phrases

_ENDS = "Responda AYUDA para ayuda, ALTO para terminar."
_RATES = "Pueden aplicarse tarifas de mensajes y datos."

SPANISH = Phrases(
    at_store=" en {store}",
    for_store=" de {store}",
    opted_in=f"{{name}}: listo, ya recibe ofertas{{place}}. {{frequency}} {_RATES} {_ENDS}",
    opt_in_question=(
        f"{{name}}: responda SI para recibir ofertas{{place}} por SMS. {{frequency}} {_RATES} "
        f"{_ENDS}"
    ),
    already_in=f"{{name}}: usted ya recibe ofertas{{place}}. {_ENDS}",
    moved=f"{{name}}: listo, su tienda ahora es {{store}}. {_ENDS}",
    opted_out=(
        "{name}: baja confirmada. Dejamos de enviar mensajes a este teléfono. ¿Preguntas? {contact}"
    ),
    opted_out_nowhere="Baja confirmada. Dejamos de enviar mensajes a este teléfono.",
    held=(
        "{name}: por ahora no se mandan ofertas a este teléfono. Responda ALTO para terminar todos "
        "los mensajes. ¿Preguntas? {contact}"
    ),
    help_text=(
        f"{{name}}: ofertas por SMS. Ayuda: {{contact}} {{frequency}} {_RATES} "
        "Responda ALTO para terminar."
    ),
    not_understood=(
        "{name}: disculpe, no le entendimos. Escriba {example} para recibir ofertas, AYUDA para "
        "ayuda, ALTO para terminar."
    ),
    not_open_yet="Este servicio no acepta altas por ahora. Intente luego.",
    which_store="Para las ofertas de su tienda escriba {choices}.",
    unknown_store="Disculpe, no conocemos esa tienda.",
    nearest_store="Es nuestra tienda cerca de {zip}; para otra escriba CAMBIAR y su nombre.",
    zip_codes={
        "several": "Varias tiendas quedan cerca de {zip}.",
        "none near": "No tenemos tiendas cerca de {zip}.",
        "unclear": "No sabemos su tienda por {zip}.",
        "no ZIP code": "Disculpe, no conocemos el ZIP {zip}.",
    },
    or_=" o ",
    and_more=" (y otras)",
    join="UNIRSE",
    declined=(
        "{name}: de acuerdo, no le mandamos ofertas. Escriba {example} si cambia de idea, AYUDA "
        "para ayuda."
    ),
    paused="{name}: en pausa, sin ofertas por {days} dias. Escriba ALTA para volver antes. "
    + _ENDS,
    resumed=f"{{name}}: bienvenido de nuevo{{place}}. {{frequency}} {_RATES} {_ENDS}",
    less="{name}: listo, {pace}. Escriba MAS para el ritmo de siempre. " + _ENDS,
    more="{name}: listo, al ritmo de siempre. {frequency} Escriba MENOS para recibir menos. "
    + _ENDS,
    hours="{name}: listo, ofertas {hours}. Escriba CUANDO SIEMPRE para deshacerlo. " + _ENDS,
    any_hour="{name}: listo, ofertas a cualquier hora que permita la ley. " + _ENDS,
    when=(
        "{name}: las ofertas llegan {hours}, {pace}. Para cambiarlo escriba por ejemplo "
        "CUANDO 10-14 o CUANDO TARDES. " + _ENDS
    ),
    not_subscribed=(
        "{name}: usted no recibe ofertas, por eso nada cambia. Escriba {example} para recibirlas, "
        "AYUDA para ayuda."
    ),
    me=(
        "{name} guarda de usted: este teléfono, {standing}{place}, {pace}, {hours}, la prueba de "
        "su permiso, textos de 400 dias. Escriba OLVIDAME para borrarlo, AYUDA para ayuda, ALTO "
        "para terminar."
    ),
    nothing_held=(
        "{name} guarda de usted: este teléfono, {standing}, la prueba de eso y textos de 400 dias. "
        "Escriba OLVIDAME para borrarlo, AYUDA para ayuda."
    ),
    forgotten=(
        "{name}: baja confirmada y datos borrados. Dejamos de enviar mensajes. Solo guardamos su "
        "teléfono y la prueba de esto. ¿Preguntas? {contact}"
    ),
    forgotten_nowhere=(
        "Baja confirmada y datos borrados. Dejamos de enviar mensajes. Solo guardamos su teléfono "
        "y la prueba de esto."
    ),
    pace_weekly="una oferta por semana o menos",
    pace_monthly="una oferta por mes o menos",
    pace_usual="al ritmo de siempre",
    from_to="de {opens} a {closes}",
    at_any_hour="a cualquier hora que permita la ley",
    frequency_varies="La frecuencia de los mensajes es variable.",
    frequency_count="{count} SMS por {period}.",
    frequency_at_most="Hasta {count} SMS por {period}.",
    periods=("dia", "semana", "mes"),
    standings={
        "unknown": "sin alta",
        "pending": "sin alta todavia",
        "subscribed": "de alta",
        "paused": "en pausa",
        "held": "en espera",
        "opted_out": "de baja",
        "unreachable": "sin alta",
        "forgotten": "de baja y borrado",
    },
)
