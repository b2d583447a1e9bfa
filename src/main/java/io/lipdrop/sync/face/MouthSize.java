package io.lipdrop.sync.face;

/**
 * How large a mouth is, measured with care.
 *
 * @param opening as {@link Face#opening}
 * @param width corner to corner over the distance of the outer eye corners
 * @param apart by how much the refined lips see it further open than those of the whole mesh
 */
public record MouthSize(float opening, float width, float apart) {}
