"""How people ask to be left alone, and what only sounds like it, as patterns over concepts.

As of 2026-11. A text becomes a row of concepts (see `lexicon`), pleasantries left out: "pls dont
send me any more txts!" is ` ^ NOT SEND ME any MORE MSG $ `, with ` | ` where a clause ends. One
pattern so serves every language and spelling. A row is tried only where its anchor occurs.
"""

import re
from functools import cache
from typing import NamedTuple

FCC = "47 CFR 64.1200(a)(10)"
_REASONABLE = f"{FCC}: any wording that a reasonable person would understand"
_WRONG = "a reasonable person: whoever has this number now never asked for our texts"
_THREAT = "a reasonable person: who threatens with law over texts wants none"
_CTIA = "CTIA Messaging Principles 2023: natural language"


class Phrase(NamedTuple):
    """A wording, as a pattern over concepts; `anchor` is a concept that it cannot be without."""

    name: str
    anchor: str
    pattern: str
    source: str


# Short forms: to send something; what is sent; who is meant; where a clause ends.
_S = r"(?:SEND|TEXT)"
_T = r"(?:MSG|TEXT)"
_WHOSE = r"(?:THESE|YOU|ME|all|any|every|future|further|de|of|sus|vos|tus|sms|toda|tous|tout|WANT)"
_STOPS = r"(?:STOP|END|CANCEL)"
_TO_ME = r"(?:ME|THESE|MORE|EVER|NUMBER|YOU|any|anything|all|at|MSG|TEXT|[|$])"

OPT_OUTS: tuple[Phrase, ...] = (
    Phrase("stop sending", "STOP QUIT", rf" (?:STOP|QUIT) (?:(?:de|d|to|OFF|mit|di|w|with|a|ang) )?(?:ME )?{_S} {_TO_ME} ", _REASONABLE),
    Phrase("stop the texts", "STOP QUIT", rf" (?:STOP|QUIT) (?:(?:de|with|w|con|a|aux|au|mit|den|OFF|ang|THESE|{_WHOSE}) ){{0,4}}{_T} ", _REASONABLE),
    Phrase("cancel the texts", "CANCEL", rf" CANCEL (?:{_WHOSE} ){{0,4}}{_T} ", _REASONABLE),
    Phrase("end the texts", "END", rf" (?:END (?:{_WHOSE} ){{0,4}}{_T}|{_T} [|] END THESE|THESE {_T} END THESE) ", _REASONABLE),
    Phrase("no more texts", "MORE", rf" (?:NOT|NONE|QUIT) MORE (?:(?:{_WHOSE}|promo|THESE|SEND) ){{0,2}}{_T} (?!to join)", _REASONABLE),
    Phrase("do not text me", "NOT", rf" (?:YOU |do |i said |[\^|] |SEND |[a-z]+ )(?<! are )(?<! r )(?<! were )NOT (?:EVER )?(?:{_S} ME|ME (?:MORE )?{_S}) {_TO_ME} ", _REASONABLE),
    Phrase("do not send more", "NOT", rf" NOT (?:ME |EVER |MORE |be |to ){{0,2}}{_S} (?:ME )?(?:MORE|anything|any) ", _REASONABLE),
    Phrase("do not send", "NOT", rf" [\^|] (?:do )?NOT {_S} (?:THESE |NUMBER |ME )*[|$] ", _REASONABLE),
    Phrase("do not want texts", "WANT AYAW", rf" (?:NOT|AYAW) (?:(?:ME|MORE|EVER|to|longer|i|je) ){{0,2}}(?:WANT|AYAW) (?:(?:to|TAKE|receive|receiving|SEND|be|MORE|THESE|{_WHOSE}) ){{0,5}}{_T} ", _REASONABLE),
    Phrase("do not want these", "WANT", r" [\^|] (?:i |io |je |eu |ME )?(?:do )?NOT (?:MORE )?WANT (?:MORE )?THESE (?:MORE )?[|$] ", _REASONABLE),
    Phrase("off the list", "LIST", r" (?:TAKE|REMOVE|QUIT|STOP|LEAVE) (?:\S+ ){0,4}?(?:OFF|de|du|da|dalla|della|von|sou) (?:(?:OFF|of|YOU|THESE|ME|any|every|mailing|TEXT|SEND|MSG|rudeword|sua|su|votre|der) ){0,3}LIST (?:[|$A-Z]|i )", _CTIA),
    Phrase("take me off", "TAKE", r" TAKE (?:ME NUMBER|ME|NUMBER|THESE NUMBER|PERSON NUMBER|her NUMBER|his NUMBER) (?:EVER )?OFF (?:[|$]|THESE [|$]|YOU TEXT|YOU MSG)", _CTIA),
    Phrase("remove me", "REMOVE", r" [\^|] (?:(?:i|WANT|can|could|YOU|would|like|to|be|YES|NOT|so|quiero|MORE) ){0,4}REMOVE (?:ME NUMBER|ME DESK|ME|THESE NUMBER|NUMBER ME|NUMBER) (?:[|$]|i |or |and |(?:OFF|de|du|di|da|dalla) (?:YOU|THESE|ME|LIST|MSG|any|all|su|sua|votre))", _CTIA),
    Phrase("to be removed", "REMOVE", rf" (?:ME|i|can|could|may|WANT|would|to) (?:ME |i |like |to |please )*be REMOVE (?:[|$]|OFF (?:THESE |YOU |ME )?(?:{_T}|LIST))", _CTIA),
    Phrase("remove me, at the end", "REMOVE", r" REMOVE (?:ME|ME NUMBER|ME DESK) \$ ", _CTIA),
    Phrase("unsubscribe me", "UNSUB", r" UNSUB (?:ME(?: NUMBER)?|THESE NUMBER|NUMBER) (?:[|$]|OFF (?:YOU|THESE|MSG|LIST|all)|i)", FCC),
    Phrase("unsubscribe", "UNSUB", r" [\^|] (?:(?:i|WANT|HELP|would|like|to|ME|trying|STOP|de|UNSUB|SEND|TEXT|can|may|YES|how|do|come|como|como|comment|s) ){0,5}UNSUB (?:(?:OFF|THESE|MSG|TEXT|LIST|all|everything|EVER|NUMBER|de|du|del|servicio|service) ){0,4}[|$]", FCC),
    Phrase("do not call", "UNSUB", r" (?:TAKE|SIGN|put|place) (?:ME NUMBER|THESE NUMBER|ME|NUMBER) (?:on|to|IN|onto) (?:[^| ]+ ){0,2}UNSUB ", FCC),
    Phrase("opt out", "OPT", r" OPT (?:ME |THESE NUMBER |NUMBER |ME NUMBER )?OUT (?:[|$]|OFF (?:all |YOU |THESE |ME |future |any ){0,2}(?:MSG|TEXT|LIST|SEND|everything))", FCC),
    Phrase("opt me out", "OPT", r" OPT ME (?:\S+ ){0,2}OUT ", FCC),
    Phrase("consent withdrawn", "CONSENT", r" (?:REVOKE|UNSUB|REMOVE) (?:\S+ ){0,5}CONSENT ", FCC),
    Phrase("no consent", "CONSENT", rf" (?:NOT|NONE) (?:\S+ ){{0,4}}CONSENT (?:\S+ ){{0,3}}{_S} ", FCC),
    Phrase("revoked", "REVOKE", r" [\^|] (?:i )?(?:hereby )?REVOKE (?:THESE |NUMBER |ME )?[|$] ", FCC),
    Phrase("leave me alone", "ALONE", r" (?:LEAVE ME|STOP ME|laissez|laisse|deixem|deixa|lass|lassen|lasst|lasciatemi|kite|fichez|foutez|m) (?:sie )?(?:ME )?(?:\S+ )?ALONE (?!OFF|for)", _REASONABLE),
    Phrase("lose my number", "LOSE", r" LOSE (?:ME|THESE) NUMBER ", _REASONABLE),
    Phrase("enough texts", "DONE", rf" DONE (?:(?:with|OFF|de|w) )(?:{_WHOSE} |THESE ){{0,3}}?{_T} ", _REASONABLE),
    Phrase("turn off", "turn", rf" [\^|] turn OFF (?:(?:THESE|{_WHOSE}) ){{0,3}}{_T} ", _REASONABLE),
    Phrase("a stop sign", "stopsign", rf" stopsign (?:THESE |{_WHOSE} )*{_S} ", _REASONABLE),
    Phrase("i want out", "OUT", r" \^ (?:i )?WANT OUT (?:OFF THESE )?\$ ", _REASONABLE),
    Phrase("stop, by itself", "STOP", r" \^ (?:[^|]* [|] )?(?:(?:YOU|can|could|will|would|NOT|i|said|YES|STOP|so|SEND|TEXT|reply) ){0,3}STOP (?:(?:THESE|ME|STOP|NUMBER|all|everything|DIGITS|END|EVER|CANCEL|UNSUB|QUIT|once|at|for) ){0,4}[|$] ", FCC),
    Phrase("stop, at last", "STOP", r" [|] (?:(?:YOU|NOT|so|YES|i said) ){0,2}STOP (?:THESE |EVER |STOP )*\$ ", FCC),
    Phrase("quit, by itself", "QUIT", r" \^ (?:i )?QUIT (?:(?:THESE|TEXT|THESE ONCE) ){0,2}[|$] ", FCC),
    Phrase("stop, and why", "STOP", r" [|^] (?:YES |ME )?STOP (?:or|im|before|if|NOT (?!to)|for real|bot|robot|i (?!WANT (?:it|THESE))) ", _REASONABLE),
    Phrase("you need to stop", "STOP", r" (?:YOU|people|guys) (?:WANT to|must|better|need to) STOP [|$] ", _REASONABLE),
    Phrase("stop, after a clause", "STOP", r" [|] (?:NOT |YES |what |hell |wtf |jfc |ffs |ugh |nah |FUN )*STOP \$ | \^ (?:NOT|what hell|wtf|jfc|ffs|ugh|nah|ya|hell|DESK) STOP \$ ", _REASONABLE),
    Phrase("how many times", "times", r" how many times (?:\S+ ){1,5}(?:say|tell|ask|type|reply|WANT|SEND|TEXT) (?:YOU )?(?:people |guys )?(?:to )?(?:STOP|UNSUB|REMOVE|NOT|[|$])", FCC),
    Phrase("could you stop", "STOP", r" [\^|] (?:if )?(?:YOU )?(?:can|could|would|will|if)(?: YOU)?(?: could)? STOP (?:THESE|ME) ", _REASONABLE),
    Phrase("stop, with a number", "STOP", r" \^ STOP (?:(?:au|al|to|a) )?(?:DIGITS|END|means STOP(?: \S+)?) \$ ", FCC),
    Phrase("stop, at the end", "STOP", r" (?:is|so|type|time|THESE is) STOP \$ | \^ (?:i |ive )?(?:already )?(?:WANT|told|tell|begging|beg) YOU (?:\S+ )?to STOP [|$] ", FCC),
)  # fmt: skip

# What holds against the rows above: the opposite, a question why, or a joke.
OTHERWISE: tuple[Phrase, ...] = (
    Phrase("asked not to stop", "NOT", rf" (?<! why )NOT (?:(?:EVER|WANT|PAS|mean|YOU|to|de|d|a|se|let|ME|MORE|say|said|the) ){{0,4}}(?:{_STOPS}|UNSUB|REMOVE|OPT|TAKE ME|unsubscribing|STOPPED) (?!isnt|NOT|[$|] STOP)", "the opposite of an opt-out"),
    Phrase("texts that stopped", "STOPPED", r" STOPPED ", "a question about texts that no longer come"),
    Phrase("texts that never came", "NOT", rf"(?<! rather)(?<! prefer) (?:NOT|ya NOT) (?:ME |havent |MORE ){{0,2}}(?:got|gotten|TAKE|received|receive|recibi|recu|recebi|recebo|llega|llegan|llego|recois) (?:\S+ ){{0,3}}{_T} ", "texts missed, not refused"),
    Phrase("why no texts", "NOT", r" \^ (?:why|porque|pourquoi|por que|que|did) (?:\S+ ){0,2}NOT ", "texts missed, not refused"),
    Phrase("stop by", "STOP", r" STOP (?:by|IN|at (?!once)|over|into|ON|on|loss|sign|light|watch|motion|amp|n shop|shop|valve) ", "ordinary English: to visit; things"),
    Phrase("a joke", "FUN", r" FUN (?:\S+ )?STOP (?!SEND|TEXT|MSG|THESE|with|w |EVER |\$)", "an exclamation of delight"),
    Phrase("a bargain", "pricetag", r" STOP (?!TEXT|SEND|MSG|or)", "an exclamation of delight"),
    Phrase("n'arrêtez pas", "PAS", r" (?:STOP|UNSUB|REMOVE) (?:ME )?PAS ", "the opposite of an opt-out"),
    Phrase("un arrêt", "STOPPED", r" STOPPED ", "something else that stopped"),
    Phrase("an everyday stop", "STOP", r" (?:(?<! YOU )(?<! YOU WANT )to|should|will|rain|next|bus|last|doctor|does|can) STOP (?!TEXT|SEND|MSG|THESE|ME|TAKE|receiving|[|$] YOU)", "ordinary English: to cease, a halt"),
    Phrase("a question of being listed", "LIST", r" \^ (?:why|was|did|am|were|have|IN) ", "a question, not a request"),
    Phrase("asked whether it stopped", "STOP", r" \^ (?:why |when )?(?:did|have|has) (?:YOU|THESE|ME) (?:MSG |TEXT )?STOP ", "texts missed, not refused"),
    Phrase("not asked for", "NOT", r" NOT (?:ask|WANT|trying|going) (?:to )?(?:be )?(?:REMOVE|UNSUB|unsubscribing|OPT|STOP) ", "the opposite of an opt-out"),
    Phrase("the opposite", "UNSUB", r" (?:NOT|nao|ne) (?:[^| ]+ ){0,2}(?:de )?UNSUB (?!work|and|button|link|[|] STOP)", "the opposite of an opt-out"),
    Phrase("a delight", "happyface", r" STOP ", "an exclamation of delight"),
)  # fmt: skip


def by_anchor(phrases: tuple[Phrase, ...]) -> dict[str, list[Phrase]]:
    """The phrases by the concepts that they cannot be without."""
    table: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        for anchor in phrase.anchor.split():
            table.setdefault(anchor, []).append(phrase)
    return table


@cache
def matcher(pattern: str) -> re.Pattern[str]:
    """A pattern ready to be tried; made when first needed, for a cold start would pay for all."""
    return re.compile(pattern)


# What most likely asks to be left alone, or says that we have no business writing: a person looks.
DOUBTS: tuple[Phrase, ...] = (
    Phrase("wrong number", "WRONG", r" (?:(?:have|got|TAKE|YOU|THESE|is|ME|gen|[\^|]) (?:(?:have|got|TAKE|se|de|THESE) ){0,2}WRONG (?:NUMBER|PERSON)|(?:[\^|]|po) (?:WRONG NUMBER|NUMBER WRONG)) (?!OFF|on|in|IN|of|de)", _WRONG),
    Phrase("nobody of that name", "NONE", r" NONE (?:\S+ ){0,4}(?:NUMBER|by THESE PERSON|PERSON)", _WRONG),
    Phrase("a threat of law", "LEGAL", rf" (?:LEGAL (?:\S+ ){{0,6}}(?:{_T}|SEND|THESE)|(?:{_T}|SEND) (?:\S+ ){{0,8}}LEGAL) ", _THREAT),
    Phrase("somebody else", "anothername", r" (?:NOT|WRONG|NONE|WHO|isnt) ", _WRONG),
    Phrase("told to stop before", "STOP", r" (?:i|ive|already|saying|keep) (?:\S+ ){0,3}?(?:replied|said|say|texted|typed|sent|put|told YOU to|TEXT|SEND|saying|asked YOU to|WANT YOU to) (?:\S+ )?STOP ", FCC),
    Phrase("stop does not work", "STOP", r" STOP (?:button |option )?NOT (?:work|working|doing|do|seem) | NOT STOP (?:work|working) | (?:what part|word|how many) (?:\S+ ){0,5}STOP ", FCC),
    Phrase("no wish for it", "NOT", r" NOT (?:WANT|EVER|want) (?:to |YOU |any |THESE |ME |MORE |be ){0,4}(?:hear|receive|receiving|SEND|deals|coupons|offers|anything|contacted|promos|MSG)|rather NOT (?:receive|TAKE|SEND|be)", _REASONABLE),
    Phrase("no more of it", "MORE", r" \^ NOT MORE (?:deals|coupons|emails and|offers|promos|of THESE|OFF THESE)", _REASONABLE),
    Phrase("never signed up", "NOT", r" (?:NOT (?:EVER |remember |ME )?(?:WANT|SIGN|sign|signing)(?: up| for| to)* (?:THESE|YOU|MSG|TEXT|[|$])|NOT CONSENT (?:to|[|$]))", _WRONG),
    Phrase("somebody died", "DEAD", r" (?:KIN|PERSON|owner) (?:\S+ ){0,2}DEAD (?:(?:away|in|last|\S+) ){0,3}(?:[$]|[|] (?:\S+ )*(?:REMOVE|STOP|TEXT|MSG|TAKE|NUMBER|SEND))", _WRONG),
    Phrase("a threat to block", "BLOCK", r" BLOCK (?:YOU|THESE NUMBER|THESE|NUMBER|as MSG|[$])", _THREAT),
    Phrase("a last warning", "LEGAL", r" (?:next|one MORE|again|last|if YOU|file|filing|filed|hear OFF|calling|call|YOU) (?:\S+ ){0,6}LEGAL ", _THREAT),
    Phrase("whose phone it is", "NUMBER", r" (?:THESE (?:is |NOT )?(?:a |NOT )?(?:KIN|PERSON|child|childs|kids|hers|his|her|sons|business|work|school|company) (?:\S+ )?NUMBER|(?:MORE|no|not|NOT) (?:has |have |his |her |hers |in )*THESE NUMBER (?:MORE )?|NOT (?:his|her|hers|KIN) NUMBER|NUMBER (?:was|is|has been) (?:reassigned|NOT))", _WRONG),
    Phrase("sick of it", "DONE", r" (?:DONE|SEND) (?:OFF|with|w) (?:TAKE |YOU |THESE ){0,3}(?:THESE|MSG|TEXT) ", _REASONABLE),
    Phrase("no reason to text", "NOT", rf" NOT (?:reason|WANT|point|use|further) (?:for |to |in |OFF |YOU |keep ){{0,4}}{_S} ", _REASONABLE),
    Phrase("off the list", "LIST", r" OFF (?:THESE |YOU )?LIST [|$] ", _CTIA),
    Phrase("how to unsubscribe", "UNSUB", r" (?:where|how|hw|cant|find|wheres|como|comment|wie|pano|paano|kijan) (?:\S+ ){0,4}UNSUB (?:button|link|option|page|ME |[|$])", _CTIA),
    Phrase("no more, at the end", "MORE", r" (?:NOT MORE|NOT one MORE(?: \S+){0,3}) \$ ", _REASONABLE),
    Phrase("to be removed", "REMOVE", rf" be REMOVE (?:OFF (?:THESE |YOU )?(?:{_T}|LIST)|[|$])", _CTIA),
    Phrase("cancel this", "CANCEL", r" \^ (?:how|hw|como|comment|wie|come|kijan|paano|pano) (?:do |i |to |ME |se |on )*CANCEL (?:THESE |esto |isso |ca |das |TEXT |MSG |to )*(?:thing )?[|$] ", _REASONABLE),
    Phrase("never signed up", "WANT", r" NOT (?:ME )?(?:\S+ )?WANT (?:up |ME )*(?:a |for |in |to |pour )?(?:THESE|esto|isso|ca|questo|nada|NOT) ", _WRONG),
    Phrase("cancel the sign-up", "CANCEL", r" CANCEL (?:ME )?SIGN ", _REASONABLE),
    Phrase("unsubscribe me", "UNSUB", r" UNSUB ME ", FCC),
    Phrase("would rather not", "NOT", r" (?:would|id|prefer|rather|love|like|great|nice|wish|hope) (?:[^| ]+ ){0,3}NOT (?:to |be |have to )?(?:TAKE|SEND|hear|receive|receiving) (?:THESE|MSG|TEXT|YOU|MORE|any|OFF|\$)", _REASONABLE),
    Phrase("stop, at the end of a few words", "STOP", r" \^ (?:[^| ]+ ){0,3}STOP (?:EVER )?\$ ", FCC),
)  # fmt: skip

# Chinese and Korean write without the spaces that concepts need: these look at the text itself.
_ZH = "Chinese opt-out practice: 退订, 拒收, and the plain requests"
_KO = "Korean Network Act art. 50: 수신거부, and the plain requests"
SCRIPTS: tuple[Phrase, ...] = (
    Phrase("unsubscribe", "zh", r"退[订訂]|取消[订訂][阅閱]|取消(?:短信|簡訊|简讯)|拒收|停止|停[发發]", _ZH),
    Phrase("do not send", "zh", r"(?:不要|不想|别|別|勿|不准|不許|不许|无需|不用|停)再?.{0,5}?(?:[发發传傳寄送收]|短信|簡訊|打扰|打擾|騷擾|骚扰|[烦煩扰擾]|[联聯][系繫絡络])", _ZH),
    Phrase("remove me", "zh", r"(?:[删刪移剔]除?|拿掉).{0,6}(?:[号號]|我|名[单單])|把我.{0,8}(?:[删刪移]|拿)", _ZH),
    Phrase("unsubscribe", "ko", r"수신\s?(?:거부|차단|취소)|구독\s?(?:취소|해지)|해지\s?(?:해|부탁|요청|할)|^(?:정지|중지|해지|취소|그만)(?:\s?해?\s?(?:주세요|줘|요))?[.!]*$|동의\s?철회", _KO),
    Phrase("do not send", "ko", r"(?:보내|연락하|연락|문자하|문자|전화하)지\s?(?:마|말)|그만\s?(?:좀\s?)?(?:보내|하|해|문자|연락)|받(?:고\s?싶지|기\s?싫)|문자\s?금지", _KO),
    Phrase("remove me", "ko", r"(?:명단|목록|리스트).{0,6}(?:빼|삭제|제외)|(?:번호|연락처).{0,6}(?:삭제|지워|빼)|^.{0,12}빼\s?(?:주|줘)", _KO),
)  # fmt: skip
SCRIPTS_UNSURE: tuple[Phrase, ...] = (
    Phrase("wrong number", "zh", r"打[错錯]|[发發送]错人|[发發]錯|[号號][码碼]?[错錯]|错号|我不是.|不是我|[没沒]有?.{0,3}(?:[订訂][阅閱]|同意|登[记記]|[注註][册冊])", _ZH),
    Phrase("tired of it", "zh", r"[举舉][报報]|投[诉訴]|骚扰|騷擾|垃圾|[没沒](?:有)?[兴興]趣|不感[兴興]趣|不需要|[够夠]了|去世|(?:怎[么麼]|如何).{0,2}取消|^取消$|律[师師]", _ZH),
    Phrase("wrong number", "ko", r"잘못|번호.{0,4}(?:틀|아니|아닌)|(?:사람|씨|님)?\s?아닌데|아닙니다|모르는\s?사람|한\s?적\s?(?:이\s?)?없", _KO),
    Phrase("tired of it", "ko", r"신고|스팸|차단|귀찮|싫|관심\s?없|필요\s?없|원(?:하|치)지\s?않|돌아가셨|어떻게.{0,6}(?:해지|취소|그만)|변호사|빼\s?주|취소해\s?주세요$|짜증", _KO),
)  # fmt: skip
# Orders, visits and their like, which people cancel as well.
SCRIPTS_OTHERWISE = re.compile("订单|訂單|预[约訂订]|預[約訂]|外[卖賣]|送餐|주문|예약|배달")
