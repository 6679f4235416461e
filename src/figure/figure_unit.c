/*
 * Units that measure one thing: "92 mph" and "148 km/h".
 *
 * In: names of units as the lexicon gives them (data/lang/<code>/unit.txt, one set of names for all
 * languages). Out: what they measure, and a figure in the unit of another. Method: a table of sizes
 * by the International System (kilowatts for
 * power); degrees have a zero of their own. A number that was converted is a
 * rounded one. Parts: sizes, conversion.
 */
#include "figure_inner.h"

enum { LENGTH = 1, AREA, VOLUME, WEIGHT, SPEED, HEAT, POWER, ENERGY, SHARE, TIME, POINT };

typedef struct unit_size {
    const char *name;
    uint8_t what;
    double size, zero; /* in the one of its kind of size 1: x units are zero + x * size */
} unit_size;

/* In order of the names. Tons are metric, short and long; news rounds more than they differ. */
static const unit_size sizes[] = {
    {"acre", AREA, 4046.8564, 0},
    {"basis point", POINT, 0.01, 0},
    {"celsius", HEAT, 1, 0},
    {"centimetre", LENGTH, 0.01, 0},
    {"century", TIME, 36525, 0},
    {"cubic foot", VOLUME, 0.0283168, 0},
    {"cubic metre", VOLUME, 1, 0},
    {"day", TIME, 1, 0},
    {"decade", TIME, 3652.5, 0},
    {"degree", HEAT, 1, 0},
    {"fahrenheit", HEAT, 5.0 / 9, -160.0 / 9},
    {"foot", LENGTH, 0.3048, 0},
    {"gallon", VOLUME, 0.00378541, 0},
    {"gigawatt", POWER, 1e6, 0},
    {"gigawatt hour", ENERGY, 1e6, 0},
    {"gram", WEIGHT, 0.001, 0},
    {"hectare", AREA, 1e4, 0},
    {"hour", TIME, 1.0 / 24, 0},
    {"inch", LENGTH, 0.0254, 0},
    {"kilogram", WEIGHT, 1, 0},
    {"kilometre", LENGTH, 1000, 0},
    {"kilometre per hour", SPEED, 1 / 3.6, 0},
    {"kilowatt", POWER, 1, 0},
    {"kilowatt hour", ENERGY, 1, 0},
    {"knot", SPEED, 0.514444, 0},
    {"litre", VOLUME, 0.001, 0},
    {"megawatt", POWER, 1000, 0},
    {"megawatt hour", ENERGY, 1000, 0},
    {"metre", LENGTH, 1, 0},
    {"metre per second", SPEED, 1, 0},
    {"metric ton", WEIGHT, 1000, 0},
    {"mile", LENGTH, 1609.344, 0},
    {"mile per hour", SPEED, 0.44704, 0},
    {"millimetre", LENGTH, 0.001, 0},
    {"minute", TIME, 1.0 / 1440, 0},
    {"month", TIME, 365.25 / 12, 0},
    {"nautical mile", LENGTH, 1852, 0},
    {"ounce", WEIGHT, 0.0283495, 0},
    {"percentage", SHARE, 1, 0},
    {"percentage point", POINT, 1, 0},
    {"point", POINT, 1, 0}, /* of a hundred, where shares are told */
    {"pound-mass", WEIGHT, 0.453592, 0},
    {"second", TIME, 1.0 / 86400, 0},
    {"square foot", AREA, 0.092903, 0},
    {"square kilometre", AREA, 1e6, 0},
    {"square metre", AREA, 1, 0},
    {"square mile", AREA, 2589988, 0},
    {"ton", WEIGHT, 1000, 0},
    {"week", TIME, 7, 0},
    {"yard", LENGTH, 0.9144, 0},
    {"year", TIME, 365.25, 0},
};

static const unit_size *size_of(sst_str unit)
{
    size_t lo = 0, hi = unit.n ? sizeof sizes / sizeof *sizes : 0;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2, n = strlen(sizes[mid].name);
        int order = memcmp(sizes[mid].name, unit.p, n < unit.n ? n : unit.n);
        if (order == 0)
            order = (n > unit.n) - (n < unit.n);
        if (order == 0)
            return &sizes[mid];
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

uint32_t figure_measures(sst_str unit)
{
    const unit_size *u = size_of(unit);
    return u ? u->what : 0;
}

bool figure_is_part(const sst_figure *f)
{
    return f->share && f->value > 0 && f->high < 1 && (f->counted || !f->unit.n);
}

sst_str figure_base_unit(sst_str unit)
{
    const unit_size *u = size_of(unit);
    for (size_t i = 0; u && i < sizeof sizes / sizeof *sizes; i++)
        if (sizes[i].what == u->what && sizes[i].size == 1 && sizes[i].zero == 0)
            return str_of(sizes[i].name);
    return unit;
}

static const double CELSIUS_MOST = 50;

sst_figure figure_in_unit(const sst_figure *f, sst_str unit)
{
    sst_figure out = *f;
    if (figure_is_part(f)) { /* a third is 33 per cent */
        out.value *= 100;
        out.high *= 100;
        out.unit = STR("percentage");
        out.counted = 0;
        return out;
    }
    if (f->counted || str_eq(f->unit, unit))
        return out;
    sst_str name = f->unit;
    if (str_eq(name,
               STR("degree"))) /* of which scale is not said: weather above 50 is Fahrenheit */
        name = f->value > CELSIUS_MOST ? STR("fahrenheit") : STR("celsius");
    const unit_size *from = size_of(name), *to = size_of(unit);
    if (!from || !to || from->what != to->what)
        return out;
    /* what has changed by 18 Fahrenheit has changed by 10 Celsius */
    double shift = f->change ? 0 : (from->zero - to->zero) / to->size;
    out.value = f->value * from->size / to->size + shift;
    out.high = f->high * from->size / to->size + shift;
    out.unit = unit;
    if (out.bound == BOUND_EXACT)
        out.bound = BOUND_ABOUT;
    out.share = 1; /* both were rounded */
    return out;
}
