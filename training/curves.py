"""Finds the lips of people who talk in clips, frame by frame, with their sound: what talkers.py reads.

  curves.py FOLDER CLIPS

CLIPS holds a folder of clips for each talker (<talker>/<clip>.mpg, as GRID has them, or any other video). For each, FOLDER/<talker>.flac holds their sound (16 kHz
mono, clips one behind the other) and FOLDER/<talker>.npz: `clips`, `fps`, `starts` (first frame of each clip), `frames` (all), `sound_starts` (first sample of each
clip; one more at the end), and for each frame `lips_attention` [80, 2] (the order of the product's sync.face.Lips) and `lips_plain` [40, 2] (the outer and the inner
ring in this order). Origin: between the outer corners of the eyes; x along them; unit: their distance. NaN where no face is found.
Frame k shows the time k / fps.

The meshes are the product's own, models/face_landmark_with_attention.onnx and the plain models/face_landmark.onnx, which sees lips otherwise: talkers.py takes
the mean of both.
"""
import pathlib
import subprocess
import sys

import cv2
import numpy as np
import torch

from graph import Graph
from talkers import RATE, decode

MODELS = pathlib.Path(__file__).parent.parent / 'models'
MESH, PLAIN_MESH = MODELS / 'face_landmark_with_attention.onnx', MODELS / 'face_landmark.onnx'
SIZE, LARGER, FOUND = 192, 1.5, .5      # pixels of the mesh's input, which is larger than the face by this; score from which on it is a face
EYES = 33, 263
RINGS = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409,
         78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415]


def region(points):
    """(centre, size, angle) of the square about a face."""
    across = points[EYES[1]] - points[EYES[0]]
    low, high = points.min(0), points.max(0)
    return (low + high) / 2, max(high - low) * LARGER, np.arctan2(across[1], across[0])


def look(mesh, image, centre, size, angle):
    """All outputs of a mesh for a square of an image, points in pixels of the image; and the score."""
    c, s, k = np.cos(angle), np.sin(angle), size / SIZE
    turn = np.array([[c, -s], [s, c]]) * k
    matrix = np.column_stack([turn, centre - turn @ [SIZE / 2, SIZE / 2]])
    crop = cv2.warpAffine(image, matrix, (SIZE, SIZE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    pixels = torch.tensor(cv2.cvtColor(crop, cv2.COLOR_BGR2RGB)).permute(2, 0, 1)[None] / 255
    out = {name: values.numpy().squeeze(0) for name, values in mesh(pixels).items()}
    points = {name: values.reshape(-1, 3 if name == 'landmarks' else 2)[:, :2] @ turn.T + matrix[:, 2] for name, values in out.items() if name != 'score'}
    return points, out['score'].item()


def largest(finder, image):
    """The square about the largest face, or None."""
    faces = finder.detectMultiScale(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), 1.1, 4, minSize=(60, 60))
    if len(faces) == 0:
        return None
    x, y, w, h = max(faces, key=lambda face: face[2])
    return np.array([x + w / 2, y + h / 2]), w * LARGER, 0.0


def track(path, finder, mesh, plain):
    """[frames, points, 2]: what each mesh says of the lips, in units of the eyes; and the frames a second."""
    video, box, rows = cv2.VideoCapture(str(path)), None, []
    while True:
        ok, image = video.read()
        if not ok:
            break
        if box is None and (box := largest(finder, image)):
            box = region(look(mesh, image, *box)[0]['landmarks'])
        points, score = look(mesh, image, *box) if box else (None, 0)
        if score < FOUND:
            box = None
            rows.append((np.full((80, 2), np.nan), np.full((40, 2), np.nan)))
            continue
        whole, box = points['landmarks'], region(points['landmarks'])
        second = look(plain, image, *box)[0]['landmarks']
        across = whole[EYES[1]] - whole[EYES[0]]
        along = across / (across @ across)
        turn = np.array([along, [-along[1], along[0]]])
        rows.append([(each - whole[list(EYES)].mean(0)) @ turn.T for each in (points['lips'], second[RINGS])])
    attention, plainly = (np.array([row[k] for row in rows]).reshape(len(rows), -1, 2) for k in (0, 1))
    return attention, plainly, video.get(cv2.CAP_PROP_FPS)


def talker(paths, folder, finder, mesh, plain):
    """Writes the curves and the sound of one talker."""
    seen, sounds = [], []
    for path in paths:
        tracked = track(path, finder, mesh, plain)
        if len(tracked[0]) and np.mean(np.isnan(tracked[0])) < .1:
            seen.append((path.stem, *tracked))
            sounds.append(decode(path))
    counts, samples = ([len(each) for each in part] for part in ([row[1] for row in seen], sounds))
    found = dict(clips=np.array([row[0] for row in seen]), fps=np.array([row[3] for row in seen], np.float32), starts=np.cumsum([0, *counts])[:-1], frames=sum(counts),
                 sound_starts=np.cumsum([0, *samples]), lips_attention=np.concatenate([row[1] for row in seen]).astype(np.float16),
                 lips_plain=np.concatenate([row[2] for row in seen]).astype(np.float16))
    raw = (np.concatenate(sounds) * 32767).astype('<i2').tobytes()
    subprocess.run(['ffmpeg', '-v', 'error', '-y', '-f', 's16le', '-ar', str(RATE), '-ac', '1', '-i', '-', folder.with_suffix('.flac')], input=raw, check=True)
    np.savez_compressed(folder.with_suffix('.npz'), **found)
    print(f'{folder.name}: {len(seen)} clips, {sum(counts)} frames', flush=True)


def main(folder, clips):
    torch.set_num_threads(1)
    folder, mesh, plain = pathlib.Path(folder), Graph(MESH), Graph(PLAIN_MESH)
    finder = cv2.CascadeClassifier('/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml')
    folder.mkdir(parents=True, exist_ok=True)
    for people in sorted(path for path in pathlib.Path(clips).iterdir() if path.is_dir()):
        talker(sorted(people.iterdir()), folder / people.name, finder, mesh, plain)


if __name__ == '__main__':
    main(*sys.argv[1:])
