"""Which strings of letters are Vietnamese syllables, without their tones. Pure.

The onsets and rhymes are those that pupils learn in the first-grade primers, with the rarer ones that dictionaries add
(oăc, oeo, uych, uyu, êch after u). What the spelling rules forbid is left out: c, g and ng don't stand before e, ê and
i, nor k, gh and ngh before another vowel; a rhyme that begins with a glide o or u follows qu without it.
"""

from functools import cache

ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()
RHYMES = """
a ac ach ai am an ang anh ao ap at au ay
ăc ăm ăn ăng ăp ăt
âc âm ân âng âp ât âu ây
e ec em en eng eo ep et
ê êch êm ên ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oc oi om on ong op ot
oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
ô ôc ôi ôm ôn ông ôp ôt
ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut uân uâng uât uây uê uên uêch uênh uơ uôc uôi uôm uôn uông uôt
uy uya uych uyn uynh uyt uyu uyên uyêt uyp
ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
""".split()
# Rhymes that stand without an onset alone, or are spelled with y there.
ALONE = "y yêm yên yêng yêt yêu".split()
# After qu, whose u is the glide.
AFTER_QU = """
a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây ăp
e en eo et ê ên êch ênh êt i in it ich inh y yên yêt ynh yt ych yu ơ ơn ôc
""".split()
# Onsets after which an i at the end of the syllable may be written y, by the two customs of spelling.
EITHER = ("h", "k", "l", "m", "s", "t", "v")
FRONT = ("e", "ê", "i", "y")
BEFORE_FRONT, NOT_BEFORE_FRONT = ("k", "gh", "ngh"), ("c", "g", "ng")
STOPS = ("c", "ch", "p", "t")  # a syllable that ends so has the tone sắc or nặng


@cache
def syllables() -> frozenset[str]:
    """All syllables without tones, lower case, NFC: some 2,500 of them."""
    found = {*RHYMES, *ALONE} - {rhyme for rhyme in RHYMES if rhyme.startswith("iê")}
    for onset in ONSETS:
        found |= {onset + rhyme for rhyme in AFTER_QU if onset == "qu"}
        found |= {onset + rhyme for rhyme in RHYMES if onset != "qu" and _fits(onset, rhyme)}
        if onset in EITHER:
            found.add(f"{onset}y")
    return frozenset(found)


def _fits(onset: str, rhyme: str) -> bool:
    if onset == "gi":
        # gi + i… is written with one i: gì, gìn, giêng; those come from "g" + "i…" below.
        return not rhyme.startswith(("i", "y"))
    if onset == "g" and rhyme[0] == "i":
        return rhyme in ("i", "in", "iêng", "iêc", "iêt", "iêm")
    if onset in BEFORE_FRONT:
        return rhyme[0] in FRONT
    return not (onset in NOT_BEFORE_FRONT and rhyme[0] in FRONT)
